package dev.ephemera.cloud;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;

/** A DB subnet group, as RDS describes it. */
public record SubnetGroup(String vpc, Set<String> availabilityZones) {
    public SubnetGroup {
        availabilityZones = Collections.unmodifiableSet(new TreeSet<>(availabilityZones));
    }

    /**
     * The one with a name; empty when there is none.
     *
     * @param region for example {@code eu-west-1}
     */
    public static Optional<SubnetGroup> find(String region, String name) {
        return AwsRequests.answer("looking for the DB subnet group " + name, () -> {
            try (var rds = AwsRequests.client(RdsClient.builder(), region)) {
                return rds.describeDBSubnetGroups(request -> request.dbSubnetGroupName(name)).dbSubnetGroups().stream()
                        .findFirst()
                        .map(SubnetGroup::of);
            } catch (DbSubnetGroupNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private static SubnetGroup of(DBSubnetGroup group) {
        return new SubnetGroup(
                group.vpcId(),
                group.subnets().stream()
                        .map(subnet -> subnet.subnetAvailabilityZone().name())
                        .collect(Collectors.toSet()));
    }
}
