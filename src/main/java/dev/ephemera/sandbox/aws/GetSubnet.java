package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** {@code aws:ec2/getSubnet:getSubnet}. */
final class GetSubnet implements CloudFunction {
    /** The argument, and EC2's filter for it. */
    private static final Map<String, String> FILTERS = Map.of(
            "availabilityZone", "availability-zone",
            "availabilityZoneId", "availability-zone-id",
            "cidrBlock", "cidr-block",
            "ipv6CidrBlock", "ipv6-cidr-block-association.ipv6-cidr-block",
            "state", "state",
            "vpcId", "vpc-id");

    @Override
    public String token() {
        return "aws:ec2/getSubnet:getSubnet";
    }

    @Override
    public Set<String> arguments() {
        return Set.of(
                "availabilityZone",
                "availabilityZoneId",
                "cidrBlock",
                "defaultForAz",
                "filters",
                "id",
                "ipv6CidrBlock",
                "state",
                "tags",
                "vpcId");
    }

    @Override
    public Map<String, Object> call(Operation operation, Properties arguments) {
        var request = DescribeSubnetsRequest.builder().filters(filters(arguments));
        arguments.text("id").ifPresent(request::subnetIds);
        return about("reading EC2 Subnet", () -> {
            var found = AwsClients.call(
                            "EC2: DescribeSubnets", () -> operation.aws().ec2().describeSubnets(request.build()))
                    .subnets();
            return answer(Lookups.only(found, "EC2 Subnet"), arguments);
        });
    }

    private static List<Filter> filters(Properties arguments) {
        var filters = new ArrayList<Filter>();
        FILTERS.forEach((argument, name) ->
                arguments.text(argument).ifPresent(value -> filters.add(Lookups.filter(name, List.of(value)))));
        if (arguments.flag("defaultForAz")) {
            filters.add(Lookups.filter("default-for-az", List.of("true")));
        }
        Lookups.addTagsAndFilters(arguments, filters);
        return filters;
    }

    private static Map<String, Object> answer(Subnet subnet, Properties arguments) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("id", subnet.subnetId());
        answer.put("arn", Values.orEmpty(subnet.subnetArn()));
        answer.put("assignIpv6AddressOnCreation", Boolean.TRUE.equals(subnet.assignIpv6AddressOnCreation()));
        answer.put("availabilityZone", Values.orEmpty(subnet.availabilityZone()));
        answer.put("availabilityZoneId", Values.orEmpty(subnet.availabilityZoneId()));
        answer.put("availableIpAddressCount", Objects.requireNonNullElse(subnet.availableIpAddressCount(), 0));
        answer.put("cidrBlock", Values.orEmpty(subnet.cidrBlock()));
        answer.put("customerOwnedIpv4Pool", Values.orEmpty(subnet.customerOwnedIpv4Pool()));
        answer.put("defaultForAz", Boolean.TRUE.equals(subnet.defaultForAz()));
        answer.put("enableDns64", Boolean.TRUE.equals(subnet.enableDns64()));
        answer.put("enableLniAtDeviceIndex", Objects.requireNonNullElse(subnet.enableLniAtDeviceIndex(), 0));
        var names = subnet.privateDnsNameOptionsOnLaunch();
        answer.put(
                "enableResourceNameDnsARecordOnLaunch",
                names != null && Boolean.TRUE.equals(names.enableResourceNameDnsARecord()));
        answer.put(
                "enableResourceNameDnsAaaaRecordOnLaunch",
                names != null && Boolean.TRUE.equals(names.enableResourceNameDnsAAAARecord()));
        answer.put("privateDnsHostnameTypeOnLaunch", names == null ? "" : Values.orEmpty(names.hostnameTypeAsString()));
        answer.put("filters", arguments.values().getOrDefault("filters", List.of()));
        var ipv6 = subnet.ipv6CidrBlockAssociationSet().stream().findFirst();
        answer.put(
                "ipv6CidrBlock",
                ipv6.map(block -> Values.orEmpty(block.ipv6CidrBlock())).orElse(""));
        answer.put(
                "ipv6CidrBlockAssociationId",
                ipv6.map(block -> Values.orEmpty(block.associationId())).orElse(""));
        answer.put("ipv6Native", Boolean.TRUE.equals(subnet.ipv6Native()));
        answer.put("mapCustomerOwnedIpOnLaunch", Boolean.TRUE.equals(subnet.mapCustomerOwnedIpOnLaunch()));
        answer.put("mapPublicIpOnLaunch", Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()));
        answer.put("outpostArn", Values.orEmpty(subnet.outpostArn()));
        answer.put("ownerId", Values.orEmpty(subnet.ownerId()));
        answer.put("state", subnet.stateAsString());
        answer.put("tags", Ec2Tags.from(subnet.tags()));
        answer.put("vpcId", Values.orEmpty(subnet.vpcId()));
        return answer;
    }
}
