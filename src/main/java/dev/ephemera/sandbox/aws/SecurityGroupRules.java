package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;
import static dev.ephemera.sandbox.aws.Property.map;
import static dev.ephemera.sandbox.aws.Property.number;
import static dev.ephemera.sandbox.aws.Property.text;
import static dev.ephemera.sandbox.aws.Values.putIfPresent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** One rule of a security group, in or out: one call to make it. */
final class SecurityGroupRules implements ResourceKind {
    private static final Set<String> GONE =
            Set.of("InvalidSecurityGroupRuleId.NotFound", "InvalidPermission.NotFound", "InvalidGroup.NotFound");
    private static final List<String> ENDS =
            List.of("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId");

    private final Direction direction;
    private final Schema schema;

    /** Which way the traffic goes that the rule lets through. */
    enum Direction {
        INGRESS("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "VPC Security Group Ingress Rule"),
        EGRESS("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "VPC Security Group Egress Rule");

        private final String token;
        private final String title;

        Direction(String token, String title) {
            this.token = token;
            this.title = title;
        }
    }

    SecurityGroupRules(Direction direction) {
        this.direction = direction;
        this.schema = Schema.of(
                direction.token,
                Set.of(),
                text("cidrIpv4"),
                text("cidrIpv6"),
                text("description"),
                number("fromPort"),
                text("ipProtocol").mandatory(),
                text("prefixListId"),
                text("referencedSecurityGroupId"),
                text("securityGroupId").mandatory().replacing(),
                map("tags"),
                number("toPort"),
                text("arn").onlyOutput(),
                text("securityGroupRuleId").onlyOutput(),
                map("tagsAll").onlyOutput());
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Fault> faults(Properties inputs) {
        var given = ENDS.stream().filter(inputs::has).count();
        return given == 1
                ? List.of()
                : List.of(new Fault(
                        "cidrIpv4",
                        "Exactly one of these attributes must be configured: [" + String.join(",", ENDS) + "], got "
                                + given));
    }

    @Override
    public Resource create(Operation operation, Properties inputs) {
        var rule = about(
                "creating " + direction.title,
                () -> AwsClients.call(
                        action("Authorize"), () -> authorize(operation.aws().ec2(), inputs)));
        return new Resource(rule.securityGroupRuleId(), outputs(operation, rule.securityGroupRuleId(), inputs));
    }

    @Override
    public Optional<Resource> read(Operation operation, String id, Properties known) {
        return about("reading " + direction.title + " (" + id + ")", () -> find(operation, id))
                .filter(rule -> Boolean.TRUE.equals(rule.isEgress()) == (direction == Direction.EGRESS))
                .map(rule -> new Resource(id, outputs(operation, id, described(rule))));
    }

    @Override
    public Properties update(Operation operation, String id, Plan plan) {
        var wanted = plan.wanted();
        about("updating " + direction.title + " (" + id + ")", () -> {
            if (plan.changes("tags")) {
                Ec2Tags.update(operation, id, plan.olds().textMap("tags"), wanted.textMap("tags"));
            }
            if (plan.changesOtherThan(Set.of("tags"))) {
                AwsClients.call(
                        "EC2: ModifySecurityGroupRules",
                        () -> operation
                                .aws()
                                .ec2()
                                .modifySecurityGroupRules(ModifySecurityGroupRulesRequest.builder()
                                        .groupId(wanted.requiredText("securityGroupId"))
                                        .securityGroupRules(SecurityGroupRuleUpdate.builder()
                                                .securityGroupRuleId(id)
                                                .securityGroupRule(rule(wanted))
                                                .build())
                                        .build()));
            }
            return Optional.empty();
        });
        return outputs(operation, id, wanted);
    }

    @Override
    public void delete(Operation operation, String id, Properties known) {
        about("deleting " + direction.title + " (" + id + ")", () -> {
            try {
                AwsClients.call(
                        action("Revoke"),
                        () -> revoke(operation.aws().ec2(), known.requiredText("securityGroupId"), id));
            } catch (AwsFailure failure) {
                if (!GONE.contains(failure.code())) {
                    throw failure;
                }
            }
            return Optional.empty();
        });
    }

    private String action(String verb) {
        return "EC2: " + verb + "SecurityGroup" + (direction == Direction.INGRESS ? "Ingress" : "Egress");
    }

    private SecurityGroupRule authorize(Ec2Client ec2, Properties inputs) {
        var group = inputs.requiredText("securityGroupId");
        var tags = Ec2Tags.specification(ResourceType.SECURITY_GROUP_RULE, inputs.textMap("tags"));
        var made = direction == Direction.INGRESS
                ? ec2.authorizeSecurityGroupIngress(AuthorizeSecurityGroupIngressRequest.builder()
                                .groupId(group)
                                .ipPermissions(permission(inputs))
                                .tagSpecifications(tags)
                                .build())
                        .securityGroupRules()
                : ec2.authorizeSecurityGroupEgress(AuthorizeSecurityGroupEgressRequest.builder()
                                .groupId(group)
                                .ipPermissions(permission(inputs))
                                .tagSpecifications(tags)
                                .build())
                        .securityGroupRules();
        return made.get(0);
    }

    private Object revoke(Ec2Client ec2, String group, String id) {
        return direction == Direction.INGRESS
                ? ec2.revokeSecurityGroupIngress(RevokeSecurityGroupIngressRequest.builder()
                        .groupId(group)
                        .securityGroupRuleIds(id)
                        .build())
                : ec2.revokeSecurityGroupEgress(RevokeSecurityGroupEgressRequest.builder()
                        .groupId(group)
                        .securityGroupRuleIds(id)
                        .build());
    }

    private static Optional<SecurityGroupRule> find(Operation operation, String id) {
        try {
            return AwsClients.call(
                            "EC2: DescribeSecurityGroupRules",
                            () -> operation
                                    .aws()
                                    .ec2()
                                    .describeSecurityGroupRules(DescribeSecurityGroupRulesRequest.builder()
                                            .securityGroupRuleIds(id)
                                            .build()))
                    .securityGroupRules()
                    .stream()
                    .findFirst();
        } catch (AwsFailure failure) {
            if (GONE.contains(failure.code())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static IpPermission permission(Properties inputs) {
        var description = inputs.text("description").orElse(null);
        var permission = IpPermission.builder()
                .ipProtocol(inputs.requiredText("ipProtocol"))
                .fromPort(inputs.numberEvenZero("fromPort").orElse(null))
                .toPort(inputs.numberEvenZero("toPort").orElse(null));
        inputs.text("cidrIpv4")
                .ifPresent(cidr -> permission.ipRanges(
                        IpRange.builder().cidrIp(cidr).description(description).build()));
        inputs.text("cidrIpv6")
                .ifPresent(cidr -> permission.ipv6Ranges(Ipv6Range.builder()
                        .cidrIpv6(cidr)
                        .description(description)
                        .build()));
        inputs.text("prefixListId")
                .ifPresent(list -> permission.prefixListIds(PrefixListId.builder()
                        .prefixListId(list)
                        .description(description)
                        .build()));
        inputs.text("referencedSecurityGroupId")
                .ifPresent(group -> permission.userIdGroupPairs(UserIdGroupPair.builder()
                        .groupId(group)
                        .description(description)
                        .build()));
        return permission.build();
    }

    private static SecurityGroupRuleRequest rule(Properties wanted) {
        return SecurityGroupRuleRequest.builder()
                .ipProtocol(wanted.requiredText("ipProtocol"))
                .fromPort(wanted.numberEvenZero("fromPort").orElse(null))
                .toPort(wanted.numberEvenZero("toPort").orElse(null))
                .cidrIpv4(wanted.text("cidrIpv4").orElse(null))
                .cidrIpv6(wanted.text("cidrIpv6").orElse(null))
                .prefixListId(wanted.text("prefixListId").orElse(null))
                .referencedGroupId(wanted.text("referencedSecurityGroupId").orElse(null))
                .description(wanted.text("description").orElse(null))
                .build();
    }

    /** EC2 says -1 for the ports of a rule that has none. */
    private static Properties described(SecurityGroupRule rule) {
        var values = new LinkedHashMap<String, Object>();
        putIfPresent(values, "securityGroupId", rule.groupId());
        putIfPresent(values, "ipProtocol", rule.ipProtocol());
        putIfPresent(values, "fromPort", "-1".equals(rule.ipProtocol()) ? null : rule.fromPort());
        putIfPresent(values, "toPort", "-1".equals(rule.ipProtocol()) ? null : rule.toPort());
        putIfPresent(values, "cidrIpv4", rule.cidrIpv4());
        putIfPresent(values, "cidrIpv6", rule.cidrIpv6());
        putIfPresent(values, "prefixListId", rule.prefixListId());
        putIfPresent(values, "description", rule.description());
        if (rule.referencedGroupInfo() != null) {
            putIfPresent(
                    values,
                    "referencedSecurityGroupId",
                    rule.referencedGroupInfo().groupId());
        }
        var tags = Ec2Tags.from(rule.tags());
        putIfPresent(values, "tags", tags.isEmpty() ? null : tags);
        return Properties.of(values);
    }

    private static Properties outputs(Operation operation, String id, Properties rule) {
        return rule.with("arn", operation.account().arn("ec2", "security-group-rule/" + id))
                .with("securityGroupRuleId", id)
                .with("tagsAll", rule.textMap("tags"));
    }
}
