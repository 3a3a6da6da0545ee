package dev.ephemera.components;

import com.pulumi.aws.ec2.Ec2Functions;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ec2.SecurityGroupArgs;
import com.pulumi.aws.ec2.inputs.GetSubnetArgs;
import com.pulumi.aws.ec2.inputs.GetVpcArgs;
import com.pulumi.aws.ec2.outputs.GetSubnetResult;
import com.pulumi.aws.ec2.outputs.GetVpcResult;
import com.pulumi.aws.rds.RdsFunctions;
import com.pulumi.aws.rds.inputs.GetSubnetGroupArgs;
import com.pulumi.aws.rds.outputs.GetSubnetGroupResult;
import com.pulumi.aws.vpc.SecurityGroupIngressRule;
import com.pulumi.aws.vpc.SecurityGroupIngressRuleArgs;
import com.pulumi.core.Output;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.SecurityGroupId;
import java.util.List;
import java.util.Map;

/**
 * Who reaches a database. From the cluster's side the pods that use it, as far as its subnets; from AWS's side the whole VPC
 * or, where pods have security groups of their own, those pods only. Where it is the VPC, what keeps another environment out
 * of the database is its password.
 */
final class DatabaseNetwork {
    private final String name;
    private final SnapshotDatabase.Args args;
    private final CustomResourceOptions child;
    private final InvokeOptions lookUp;
    private final SecurityGroup securityGroup;
    private final NetworkPolicy policy;
    private final Output<Map<String, String>> podLabel;

    DatabaseNetwork(String name, SnapshotDatabase.Args args, CustomResourceOptions child) {
        this.name = name;
        this.args = args;
        this.child = child;
        this.lookUp =
                InvokeOptions.builder().parent(child.getParent().orElseThrow()).build();
        var subnetGroup = RdsFunctions.getSubnetGroup(
                GetSubnetGroupArgs.builder().name(args.spec().subnetGroup()).build(), lookUp);
        var vpc = subnetGroup.applyValue(GetSubnetGroupResult::vpcId);
        this.securityGroup = group(name + "-access", args.names().physical(args.key()), "Who reaches database", vpc);
        this.policy = new NetworkPolicy(
                name + "-egress",
                NetworkRules.toDatabase(
                        args.key(),
                        args.names(),
                        args.namespace(),
                        subnetGroup.apply(group -> ranges(group.subnetIds())),
                        args.spec().engine().port()),
                child);
        var label = args.names().databaseLabel(args.key());
        this.podLabel = args.podSecurityGroup()
                .map(shared -> fromItsPods(vpc, shared).applyValue(made -> label))
                .orElseGet(() -> {
                    fromTheNetwork(vpc);
                    return Output.of(label);
                });
    }

    /** The instance's. */
    SecurityGroup securityGroup() {
        return securityGroup;
    }

    /** Lets pods with the label out to the subnets that the instance is in. */
    NetworkPolicy policy() {
        return policy;
    }

    /** By which a pod says that it uses the database; known when what looks at it is there. */
    Output<Map<String, String>> podLabel() {
        return podLabel;
    }

    private Output<List<String>> ranges(List<String> subnets) {
        return Output.all(subnets.stream()
                        .map(id -> Ec2Functions.getSubnet(
                                        GetSubnetArgs.builder().id(id).build(), lookUp)
                                .applyValue(GetSubnetResult::cidrBlock))
                        .toList())
                // The same in every run, in whatever order RDS names them.
                .applyValue(ranges -> ranges.stream().sorted().toList());
    }

    private SecurityGroup group(String logicalName, String physicalName, String purpose, Output<String> vpc) {
        return new SecurityGroup(
                logicalName,
                SecurityGroupArgs.builder()
                        .name(physicalName)
                        .description("%s %s of %s"
                                .formatted(purpose, args.key(), args.names().stack()))
                        .vpcId(vpc)
                        .tags(args.names().tags(args.key()))
                        .build(),
                child);
    }

    private void fromTheNetwork(Output<String> vpc) {
        new SecurityGroupIngressRule(
                name + "-access-from-network",
                rule("The network that the cluster's nodes are in")
                        .cidrIpv4(
                                Ec2Functions.getVpc(GetVpcArgs.builder().id(vpc).build(), lookUp)
                                        .applyValue(GetVpcResult::cidrBlock))
                        .build(),
                child);
    }

    /**
     * A security group that the pods which use the database get when they are made, beside the {@code shared} one, which lets
     * them reach name servers and each other.
     *
     * @return known when pods would get it
     */
    private Output<String> fromItsPods(Output<String> vpc, SecurityGroupId shared) {
        var members = group(name + "-pods", args.names().physical(args.key(), "pods"), "Pods that use database", vpc);
        new SecurityGroupIngressRule(
                name + "-access-from-pods",
                rule("Pods of this environment that use it")
                        .referencedSecurityGroupId(members.id())
                        .build(),
                child);
        return new CustomObject(
                        name + "-pods-policy",
                        "vpcresources.k8s.aws/v1beta1",
                        "SecurityGroupPolicy",
                        Map.of(
                                "name", args.key().value(),
                                "namespace", args.namespace(),
                                "labels", args.names().labels(args.key())),
                        Map.of(
                                "podSelector",
                                Map.of("matchLabels", args.names().databaseLabel(args.key())),
                                "securityGroups",
                                Map.of("groupIds", List.of(shared.value(), members.id()))),
                        child)
                .id();
    }

    private SecurityGroupIngressRuleArgs.Builder rule(String description) {
        return SecurityGroupIngressRuleArgs.builder()
                .securityGroupId(securityGroup.id())
                .description(description)
                .ipProtocol("tcp")
                .fromPort(args.spec().engine().port())
                .toPort(args.spec().engine().port())
                .tags(args.names().tags(args.key()));
    }
}
