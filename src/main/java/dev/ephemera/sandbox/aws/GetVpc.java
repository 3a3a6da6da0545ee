package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** {@code aws:ec2/getVpc:getVpc}. */
final class GetVpc implements CloudFunction {
    @Override
    public String token() {
        return "aws:ec2/getVpc:getVpc";
    }

    @Override
    public Set<String> arguments() {
        return Set.of("cidrBlock", "default", "dhcpOptionsId", "filters", "id", "state", "tags");
    }

    @Override
    public Map<String, Object> call(Operation operation, Properties arguments) {
        var filters = filters(arguments);
        var request = DescribeVpcsRequest.builder().filters(filters);
        arguments.text("id").ifPresent(request::vpcIds);
        return about("reading EC2 VPC", () -> {
            var found = AwsClients.call(
                            "EC2: DescribeVpcs", () -> operation.aws().ec2().describeVpcs(request.build()))
                    .vpcs();
            return answer(operation, Lookups.only(found, "EC2 VPC"), arguments);
        });
    }

    private static List<Filter> filters(Properties arguments) {
        var filters = new ArrayList<Filter>();
        arguments.text("cidrBlock").ifPresent(cidr -> filters.add(Lookups.filter("cidr", List.of(cidr))));
        arguments.text("dhcpOptionsId").ifPresent(id -> filters.add(Lookups.filter("dhcp-options-id", List.of(id))));
        arguments.text("state").ifPresent(state -> filters.add(Lookups.filter("state", List.of(state))));
        if (arguments.flag("default")) {
            filters.add(Lookups.filter("isDefault", List.of("true")));
        }
        Lookups.addTagsAndFilters(arguments, filters);
        return filters;
    }

    private static Map<String, Object> answer(Operation operation, Vpc vpc, Properties arguments) {
        var id = vpc.vpcId();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("id", id);
        answer.put("arn", operation.account().arn("ec2", "vpc/" + id));
        answer.put("cidrBlock", vpc.cidrBlock());
        answer.put(
                "cidrBlockAssociations",
                vpc.cidrBlockAssociationSet().stream()
                        .map(association -> Map.of(
                                "associationId", association.associationId(),
                                "cidrBlock", association.cidrBlock(),
                                "state", association.cidrBlockState().stateAsString()))
                        .toList());
        answer.put("default", Boolean.TRUE.equals(vpc.isDefault()));
        answer.put("dhcpOptionsId", vpc.dhcpOptionsId() == null ? "" : vpc.dhcpOptionsId());
        var names =
                attribute(operation, id, VpcAttributeName.ENABLE_DNS_HOSTNAMES).enableDnsHostnames();
        answer.put("enableDnsHostnames", names != null && Boolean.TRUE.equals(names.value()));
        var support =
                attribute(operation, id, VpcAttributeName.ENABLE_DNS_SUPPORT).enableDnsSupport();
        answer.put("enableDnsSupport", support != null && Boolean.TRUE.equals(support.value()));
        var metrics = attribute(operation, id, VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS)
                .enableNetworkAddressUsageMetrics();
        answer.put("enableNetworkAddressUsageMetrics", metrics != null && Boolean.TRUE.equals(metrics.value()));
        answer.put("filters", arguments.values().getOrDefault("filters", List.of()));
        answer.put("instanceTenancy", vpc.instanceTenancyAsString() == null ? "" : vpc.instanceTenancyAsString());
        var ipv6 = vpc.ipv6CidrBlockAssociationSet().stream().findFirst();
        answer.put("ipv6AssociationId", ipv6.map(block -> block.associationId()).orElse(""));
        answer.put("ipv6CidrBlock", ipv6.map(block -> block.ipv6CidrBlock()).orElse(""));
        answer.put("mainRouteTableId", mainRouteTable(operation, id));
        answer.put("ownerId", vpc.ownerId() == null ? "" : vpc.ownerId());
        answer.put("state", vpc.stateAsString());
        answer.put("tags", Ec2Tags.from(vpc.tags()));
        return answer;
    }

    private static DescribeVpcAttributeResponse attribute(Operation operation, String id, VpcAttributeName name) {
        return AwsClients.call(
                "EC2: DescribeVpcAttribute",
                () -> operation
                        .aws()
                        .ec2()
                        .describeVpcAttribute(DescribeVpcAttributeRequest.builder()
                                .vpcId(id)
                                .attribute(name)
                                .build()));
    }

    private static String mainRouteTable(Operation operation, String id) {
        var request = DescribeRouteTablesRequest.builder()
                .filters(Lookups.filter("association.main", List.of("true")), Lookups.filter("vpc-id", List.of(id)))
                .build();
        return AwsClients.call(
                        "EC2: DescribeRouteTables", () -> operation.aws().ec2().describeRouteTables(request))
                .routeTables()
                .stream()
                .findFirst()
                .map(table -> table.routeTableId())
                .orElse("");
    }
}
