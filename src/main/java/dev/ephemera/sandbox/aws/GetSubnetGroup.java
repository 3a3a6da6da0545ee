package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;

/** {@code aws:rds/getSubnetGroup:getSubnetGroup}. */
final class GetSubnetGroup implements CloudFunction {
    @Override
    public String token() {
        return "aws:rds/getSubnetGroup:getSubnetGroup";
    }

    @Override
    public Set<String> arguments() {
        return Set.of("name");
    }

    @Override
    public Map<String, Object> call(Operation operation, Properties arguments) {
        var name = arguments.text("name").orElse("");
        return about("reading RDS DB Subnet Group (" + name + ")", () -> {
            var group = AwsClients.call(
                            "RDS: DescribeDBSubnetGroups",
                            () -> operation
                                    .aws()
                                    .rds()
                                    .describeDBSubnetGroups(DescribeDbSubnetGroupsRequest.builder()
                                            .dbSubnetGroupName(name)
                                            .build()))
                    .dbSubnetGroups()
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new WaitFailure("couldn't find resource"));
            return Map.of(
                    "id", group.dbSubnetGroupName(),
                    "name", group.dbSubnetGroupName(),
                    "arn", group.dbSubnetGroupArn(),
                    "description", Objects.requireNonNullElse(group.dbSubnetGroupDescription(), ""),
                    "status", Objects.requireNonNullElse(group.subnetGroupStatus(), ""),
                    "subnetIds",
                            group.subnets().stream()
                                    .map(subnet -> subnet.subnetIdentifier())
                                    .sorted()
                                    .toList(),
                    "supportedNetworkTypes", group.supportedNetworkTypes(),
                    "vpcId", Objects.requireNonNullElse(group.vpcId(), ""));
        });
    }
}
