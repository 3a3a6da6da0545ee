package dev.ephemera.cloud;

import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.OwnerMarks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What an environment has in AWS, found by its owner marks and asked from AWS itself: neither Pulumi's state nor the
 * configuration is believed. Each answer is a list of lines for people.
 */
public final class AwsSightings implements AutoCloseable {
    private final RdsClient rds;
    private final Ec2Client ec2;
    private final Route53Client route53;

    /**
     * Makes the clients; credentials come from where the AWS SDK looks for them.
     *
     * @param region for example {@code eu-west-1}
     */
    public AwsSightings(String region) {
        this.rds = AwsRequests.client(RdsClient.builder(), region);
        this.ec2 = AwsRequests.client(Ec2Client.builder(), region);
        this.route53 = AwsRequests.client(Route53Client.builder(), region);
    }

    /** RDS instances whose tags name the environment's project and stack. */
    public List<String> instances(EnvironmentNames names) {
        return AwsRequests.answer(
                "listing RDS instances",
                () -> rds.describeDBInstancesPaginator().dbInstances().stream()
                        .filter(instance -> marked(instance, names))
                        .map(instance -> "%s (%s, %s, %s)"
                                .formatted(
                                        instance.dbInstanceIdentifier(),
                                        instance.dbiResourceId(),
                                        instance.dbInstanceClass(),
                                        instance.dbInstanceStatus()))
                        .toList());
    }

    private static boolean marked(DBInstance instance, EnvironmentNames names) {
        return names.tags().entrySet().stream()
                .allMatch(mark -> instance.tagList().stream()
                        .anyMatch(tag ->
                                tag.key().equals(mark.getKey()) && tag.value().equals(mark.getValue())));
    }

    /** Security groups whose tags name the environment's project and stack. */
    public List<String> securityGroups(EnvironmentNames names) {
        var filters = names.tags().entrySet().stream().map(AwsSightings::filter).toList();
        return AwsRequests.answer(
                "listing security groups",
                () -> ec2.describeSecurityGroupsPaginator(request -> request.filters(filters)).securityGroups().stream()
                        .map(SecurityGroup::groupName)
                        .toList());
    }

    private static Filter filter(Map.Entry<String, String> mark) {
        return Filter.builder()
                .name("tag:" + mark.getKey())
                .values(mark.getValue())
                .build();
    }

    /** Records of {@code zone} that the environment's owner records claim, and those owner records. */
    public List<String> records(EnvironmentNames names, String zone) {
        return AwsRequests.answer("listing the records of " + zone, () -> {
            var records = zones(zone)
                    .flatMap(each -> route53
                            .listResourceRecordSetsPaginator(request -> request.hostedZoneId(each.id()))
                            .resourceRecordSets()
                            .stream())
                    .toList();
            var owners = records.stream()
                    .filter(record -> claims(record, names))
                    .map(ResourceRecordSet::name)
                    .toList();
            return records.stream()
                    .filter(record ->
                            owners.contains(record.name()) || owners.contains(OwnerMarks.recordName(record.name())))
                    .map(record -> record.name().replaceAll("\\.$", "") + " " + record.typeAsString())
                    .sorted()
                    .toList();
        });
    }

    private Stream<HostedZone> zones(String name) {
        return route53.listHostedZonesPaginator().hostedZones().stream()
                .filter(zone -> zone.name().equals(name + "."));
    }

    private static boolean claims(ResourceRecordSet record, EnvironmentNames names) {
        var claim = '"' + OwnerMarks.recordValue(names.project(), names.stack()) + '"';
        return record.typeAsString().equals("TXT")
                && record.name().startsWith(OwnerMarks.recordName(""))
                && record.resourceRecords().stream()
                        .anyMatch(value -> value.value().equals(claim));
    }

    @Override
    public void close() {
        rds.close();
        ec2.close();
        route53.close();
    }
}
