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
import java.util.List;

/**
 * Who reaches a database: from AWS's side the network that the cluster's nodes are in, from the cluster's side the pods that
 * use it. Both are as wide as subnets, because an instance's address may change; what keeps another environment out of the
 * database itself is its password.
 *
 * @param securityGroup the instance's
 * @param policy lets pods with the database's label out to the subnets that it is in
 */
record DatabaseNetwork(SecurityGroup securityGroup, NetworkPolicy policy) {

    static DatabaseNetwork of(String name, SnapshotDatabase.Args args, CustomResourceOptions child) {
        var lookUp =
                InvokeOptions.builder().parent(child.getParent().orElseThrow()).build();
        var subnetGroup = RdsFunctions.getSubnetGroup(
                GetSubnetGroupArgs.builder().name(args.spec().subnetGroup()).build(), lookUp);
        return new DatabaseNetwork(
                securityGroup(name, args, subnetGroup.applyValue(GetSubnetGroupResult::vpcId), lookUp, child),
                new NetworkPolicy(
                        name + "-egress",
                        NetworkRules.toDatabase(
                                args.key(),
                                args.names(),
                                args.namespace(),
                                subnetGroup.apply(group -> ranges(group.subnetIds(), lookUp)),
                                args.spec().engine().port()),
                        child));
    }

    private static Output<List<String>> ranges(List<String> subnets, InvokeOptions lookUp) {
        return Output.all(subnets.stream()
                        .map(id -> Ec2Functions.getSubnet(
                                        GetSubnetArgs.builder().id(id).build(), lookUp)
                                .applyValue(GetSubnetResult::cidrBlock))
                        .toList())
                // The same in every run, in whatever order RDS names them.
                .applyValue(ranges -> ranges.stream().sorted().toList());
    }

    private static SecurityGroup securityGroup(
            String name,
            SnapshotDatabase.Args args,
            Output<String> vpc,
            InvokeOptions lookUp,
            CustomResourceOptions child) {
        var group = new SecurityGroup(
                name + "-access",
                SecurityGroupArgs.builder()
                        .name(args.names().physical(args.key()))
                        .description("Who reaches database %s of %s"
                                .formatted(args.key(), args.names().stack()))
                        .vpcId(vpc)
                        .tags(args.names().tags(args.key()))
                        .build(),
                child);
        new SecurityGroupIngressRule(
                name + "-access-from-network",
                SecurityGroupIngressRuleArgs.builder()
                        .securityGroupId(group.id())
                        .description("The network that the cluster's nodes are in")
                        .cidrIpv4(
                                Ec2Functions.getVpc(GetVpcArgs.builder().id(vpc).build(), lookUp)
                                        .applyValue(GetVpcResult::cidrBlock))
                        .ipProtocol("tcp")
                        .fromPort(args.spec().engine().port())
                        .toPort(args.spec().engine().port())
                        .tags(args.names().tags(args.key()))
                        .build(),
                child);
        return group;
    }
}
