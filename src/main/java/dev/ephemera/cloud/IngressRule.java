package dev.ephemera.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/**
 * What a security group lets in. EC2 has at most one rule of each group that says the same.
 *
 * @param group the id of the group that lets it in
 * @param from an IPv4 range, or the id of a security group
 */
public record IngressRule(String group, String protocol, int fromPort, int toPort, String from) {
    /** As the inputs of Pulumi's {@code aws:vpc/securityGroupIngressRule} say it. */
    public static IngressRule ofInputs(JsonNode inputs) {
        return new IngressRule(
                inputs.path("securityGroupId").asText(),
                inputs.path("ipProtocol").asText(),
                inputs.path("fromPort").asInt(),
                inputs.path("toPort").asInt(),
                inputs.path("cidrIpv4")
                        .asText(inputs.path("referencedSecurityGroupId").asText()));
    }

    boolean isSaidBy(SecurityGroupRule rule) {
        return !rule.isEgress()
                && rule.ipProtocol().equals(protocol)
                && rule.fromPort() == fromPort
                && rule.toPort() == toPort
                && from.equals(Optional.ofNullable(rule.cidrIpv4())
                        .orElseGet(() -> rule.referencedGroupInfo() == null
                                ? ""
                                : rule.referencedGroupInfo().groupId()));
    }

    /** {@code the rule of security group sg-1 that lets tcp 5432 in from 10.0.0.0/16}. */
    @Override
    public String toString() {
        return "the rule of security group %s that lets %s %s in from %s"
                .formatted(group, protocol, fromPort == toPort ? fromPort : fromPort + "-" + toPort, from);
    }
}
