package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;
import static dev.ephemera.sandbox.aws.Property.blocks;
import static dev.ephemera.sandbox.aws.Property.flag;
import static dev.ephemera.sandbox.aws.Property.map;
import static dev.ephemera.sandbox.aws.Property.text;

import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups without rules: EC2's two default ones are taken off, others are resources of their own. */
final class SecurityGroups implements ResourceKind {
    private static final Duration CREATE_LIMIT = Duration.ofMinutes(10);
    private static final Duration DELETE_LIMIT = Duration.ofMinutes(15);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Wait UNTIL_SEEN = new Wait(Duration.ZERO, INTERVAL, 3, Set.of(), Set.of("exists"));
    private static final Wait UNTIL_GONE = new Wait(Duration.ZERO, INTERVAL, 1, Set.of("exists"), Set.of());
    private static final Wait UNTIL_UNUSED =
            new Wait(Duration.ZERO, Duration.ofSeconds(10), 1, Set.of("in use"), Set.of("deleted"));
    private static final String GONE = "InvalidGroup.NotFound";

    private static final Schema SCHEMA = Schema.of(
            "aws:ec2/securityGroup:SecurityGroup",
            Set.of(),
            text("description").replacing().or("Managed by Pulumi"),
            text("name").orComputed().replacing(),
            text("namePrefix").orComputed().replacing(),
            flag("revokeRulesOnDelete").or(false),
            map("tags"),
            text("vpcId").orComputed().replacing(),
            // Rules inside the group fight with rules that are resources of their own, so inputs of that kind are
            // refused.
            blocks("egress").orComputed(),
            blocks("ingress").orComputed(),
            text("arn").onlyOutput(),
            text("ownerId").onlyOutput(),
            map("tagsAll").onlyOutput());

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Properties complete(String name, Properties inputs, Properties previous) {
        if (inputs.has("name") || inputs.has("namePrefix")) {
            return inputs;
        }
        return inputs.with("name", previous.text("name").orElseGet(() -> UniqueNames.from(name)));
    }

    @Override
    public List<Fault> faults(Properties inputs) {
        var faults = new ArrayList<Fault>();
        for (var inline : List.of("egress", "ingress")) {
            if (inputs.has(inline)) {
                faults.add(new Fault(
                        inline,
                        SCHEMA.token() + ": property \"" + inline + "\" is not implemented in the sandbox; "
                                + "use aws.vpc.SecurityGroupIngressRule and aws.vpc.SecurityGroupEgressRule, "
                                + "or the official AWS provider"));
            }
        }
        for (var limited : List.of("name", "description")) {
            inputs.text(limited)
                    .filter(value -> !inputs.isUnknown(limited) && value.length() > 255)
                    .ifPresent(value ->
                            faults.add(new Fault(limited, "\"" + limited + "\" cannot be longer than 255 characters")));
        }
        inputs.text("name")
                .filter(value -> value.startsWith("sg-"))
                .ifPresent(value -> faults.add(new Fault("name", "invalid value for name (cannot begin with sg-)")));
        return faults;
    }

    /** Two groups of one name cannot be in one network. */
    @Override
    public boolean deletesBeforeReplacing(Properties olds, Properties news) {
        return news.text("name").isPresent() && news.text("name").equals(olds.text("name"));
    }

    @Override
    public Resource create(Operation operation, Properties inputs) {
        var name = inputs.text("name")
                .orElseGet(() -> UniqueNames.after(inputs.text("namePrefix").orElse("terraform-")));
        var request = CreateSecurityGroupRequest.builder()
                .groupName(name)
                .description(inputs.text("description").orElse(""))
                .tagSpecifications(Ec2Tags.specification(ResourceType.SECURITY_GROUP, inputs.textMap("tags")));
        inputs.text("vpcId").ifPresent(request::vpcId);
        var id = about(
                "creating Security Group (" + name + ")",
                () -> AwsClients.call(
                                "EC2: CreateSecurityGroup",
                                () -> operation.aws().ec2().createSecurityGroup(request.build()))
                        .groupId());
        try {
            var deadline = operation.deadline(CREATE_LIMIT);
            about(
                    "waiting for Security Group (" + id + ") create",
                    () -> UNTIL_SEEN.until(operation, deadline, () -> find(operation, id), group -> "exists"));
            about("revoking default IPv4 egress rule for Security Group (" + id + ")", () -> {
                revokeEgress(
                        operation,
                        id,
                        everything()
                                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                                .build());
                return Optional.empty();
            });
            about("revoking default IPv6 egress rule for Security Group (" + id + ")", () -> {
                revokeEgress(
                        operation,
                        id,
                        everything()
                                .ipv6Ranges(Ipv6Range.builder().cidrIpv6("::/0").build())
                                .build());
                return Optional.empty();
            });
            // The official provider looks twice here: to compare the rules, and to read the group back.
            about("reading Security Group (" + id + ")", () -> find(operation, id));
            var created = about(
                    "reading Security Group (" + id + ")",
                    () -> find(operation, id).orElseThrow(() -> new WaitFailure("couldn't find resource")));
            return new Resource(id, outputs(operation, created, inputs));
        } catch (Failure failure) {
            var made = inputs.with("name", name).with("tagsAll", inputs.textMap("tags"));
            throw new HalfMade(id, made, String.valueOf(failure.getMessage()), failure);
        }
    }

    @Override
    public Optional<Resource> read(Operation operation, String id, Properties known) {
        return about("reading Security Group (" + id + ")", () -> find(operation, id))
                .map(group -> new Resource(
                        id,
                        outputs(
                                operation,
                                group,
                                known.values().isEmpty() ? known.with("revokeRulesOnDelete", false) : known)));
    }

    @Override
    public Properties update(Operation operation, String id, Plan plan) {
        if (plan.changes("tags")) {
            about("updating tags for Security Group (" + id + ")", () -> {
                Ec2Tags.update(
                        operation,
                        id,
                        plan.olds().textMap("tags"),
                        plan.wanted().textMap("tags"));
                return Optional.empty();
            });
        }
        about("reading Security Group (" + id + ")", () -> find(operation, id));
        return about(
                "reading Security Group (" + id + ")",
                () -> find(operation, id)
                        .map(group -> outputs(operation, group, plan.wanted()))
                        .orElseThrow(() -> new WaitFailure("couldn't find resource")));
    }

    @Override
    public void delete(Operation operation, String id, Properties known) {
        var deadline = operation.deadline(DELETE_LIMIT);
        if (known.flag("revokeRulesOnDelete")) {
            about("revoking rules of Security Group (" + id + ")", () -> {
                find(operation, id).ifPresent(group -> revokeAll(operation, group));
                return Optional.empty();
            });
        }
        about(
                "deleting Security Group (" + id + ")",
                () -> UNTIL_UNUSED.until(
                        operation, deadline, () -> Optional.of(tryToDelete(operation, id)), state -> state));
        about(
                "waiting for Security Group (" + id + ") delete",
                () -> UNTIL_GONE.until(operation, deadline, () -> find(operation, id), group -> "exists"));
    }

    /** A group that an instance on its way out still uses cannot go yet. */
    private static String tryToDelete(Operation operation, String id) {
        try {
            AwsClients.call(
                    "EC2: DeleteSecurityGroup",
                    () -> operation
                            .aws()
                            .ec2()
                            .deleteSecurityGroup(DeleteSecurityGroupRequest.builder()
                                    .groupId(id)
                                    .build()));
            return "deleted";
        } catch (AwsFailure failure) {
            if (failure.is(GONE)) {
                return "deleted";
            }
            if (failure.is("DependencyViolation") || failure.is("InvalidGroup.InUse")) {
                return "in use";
            }
            throw failure;
        }
    }

    private static Optional<SecurityGroup> find(Operation operation, String id) {
        try {
            return AwsClients.call(
                            "EC2: DescribeSecurityGroups",
                            () -> operation
                                    .aws()
                                    .ec2()
                                    .describeSecurityGroups(DescribeSecurityGroupsRequest.builder()
                                            .groupIds(id)
                                            .build()))
                    .securityGroups()
                    .stream()
                    .findFirst();
        } catch (AwsFailure failure) {
            if (failure.is(GONE)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static IpPermission.Builder everything() {
        return IpPermission.builder().ipProtocol("-1").fromPort(0).toPort(0);
    }

    /** A group in a network without IPv6 has no such rule. */
    private static void revokeEgress(Operation operation, String id, IpPermission permission) {
        try {
            AwsClients.call(
                    "EC2: RevokeSecurityGroupEgress",
                    () -> operation
                            .aws()
                            .ec2()
                            .revokeSecurityGroupEgress(RevokeSecurityGroupEgressRequest.builder()
                                    .groupId(id)
                                    .ipPermissions(permission)
                                    .build()));
        } catch (AwsFailure failure) {
            if (!failure.is("InvalidPermission.NotFound") && !failure.is("InvalidParameterValue")) {
                throw failure;
            }
        }
    }

    private static void revokeAll(Operation operation, SecurityGroup group) {
        if (!group.ipPermissions().isEmpty()) {
            AwsClients.call(
                    "EC2: RevokeSecurityGroupIngress",
                    () -> operation
                            .aws()
                            .ec2()
                            .revokeSecurityGroupIngress(RevokeSecurityGroupIngressRequest.builder()
                                    .groupId(group.groupId())
                                    .ipPermissions(group.ipPermissions())
                                    .build()));
        }
        if (!group.ipPermissionsEgress().isEmpty()) {
            AwsClients.call(
                    "EC2: RevokeSecurityGroupEgress",
                    () -> operation
                            .aws()
                            .ec2()
                            .revokeSecurityGroupEgress(RevokeSecurityGroupEgressRequest.builder()
                                    .groupId(group.groupId())
                                    .ipPermissions(group.ipPermissionsEgress())
                                    .build()));
        }
    }

    private static Properties outputs(Operation operation, SecurityGroup group, Properties known) {
        var outputs = new LinkedHashMap<String, Object>();
        for (var name : List.of("namePrefix", "revokeRulesOnDelete")) {
            var value = known.get(name);
            if (value != null) {
                outputs.put(name, value);
            }
        }
        outputs.put("arn", operation.account().arn("ec2", "security-group/" + group.groupId()));
        outputs.put("description", group.description());
        outputs.put("name", group.groupName());
        outputs.put("ownerId", group.ownerId());
        if (group.vpcId() != null) {
            outputs.put("vpcId", group.vpcId());
        }
        outputs.put("ingress", rules(group, group.ipPermissions()));
        outputs.put("egress", rules(group, group.ipPermissionsEgress()));
        var tags = Ec2Tags.from(group.tags());
        if (!tags.isEmpty()) {
            outputs.put("tags", tags);
        }
        outputs.put("tagsAll", tags);
        return Properties.of(outputs);
    }

    private static List<Map<String, Object>> rules(SecurityGroup group, List<IpPermission> permissions) {
        return permissions.stream()
                .map(permission -> {
                    var groups = permission.userIdGroupPairs().stream()
                            .map(pair -> pair.groupId())
                            .toList();
                    var rule = new LinkedHashMap<String, Object>();
                    rule.put("protocol", permission.ipProtocol());
                    rule.put("fromPort", permission.fromPort() == null ? 0 : permission.fromPort());
                    rule.put("toPort", permission.toPort() == null ? 0 : permission.toPort());
                    rule.put(
                            "cidrBlocks",
                            permission.ipRanges().stream().map(IpRange::cidrIp).toList());
                    rule.put(
                            "ipv6CidrBlocks",
                            permission.ipv6Ranges().stream()
                                    .map(Ipv6Range::cidrIpv6)
                                    .toList());
                    rule.put(
                            "prefixListIds",
                            permission.prefixListIds().stream()
                                    .map(list -> list.prefixListId())
                                    .toList());
                    rule.put(
                            "securityGroups",
                            groups.stream()
                                    .filter(id -> !id.equals(group.groupId()))
                                    .toList());
                    rule.put("self", groups.contains(group.groupId()));
                    rule.put("description", "");
                    return Map.copyOf(rule);
                })
                .toList();
    }
}
