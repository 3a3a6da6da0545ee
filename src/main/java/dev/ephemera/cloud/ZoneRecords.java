package dev.ephemera.cloud;

import dev.ephemera.model.HostRecord;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What Route53 has in a public hosted zone, by name. */
public final class ZoneRecords implements AutoCloseable {
    /** More than there are types, so more than one name has; with routing policies it may have more, which are left out. */
    private static final String MOST = "20";

    private final Route53Client route53;
    private final String zone;
    private final Optional<String> zoneId;

    /**
     * Looks the zone up; credentials come from where the AWS SDK looks for them. It asks for what the AWS provider asks for
     * too: {@code route53:ListHostedZones} and {@code route53:ListResourceRecordSets}.
     *
     * @param region for example {@code eu-west-1}
     * @param zone its name, without a trailing dot
     */
    public ZoneRecords(String region, String zone) {
        this.route53 = AwsRequests.client(Route53Client.builder(), region);
        this.zone = zone;
        this.zoneId = AwsRequests.answer("looking for hosted zone " + zone, this::find);
    }

    private Optional<String> find() {
        return route53.listHostedZonesPaginator().hostedZones().stream()
                .filter(each -> each.name().equals(zone + ".")
                        && !Boolean.TRUE.equals(each.config().privateZone()))
                .findFirst()
                .map(HostedZone::id);
    }

    /** Whether there is such a zone. */
    public boolean isThere() {
        return zoneId.isPresent();
    }

    /** The records of exactly this name; none where there is no such zone. */
    public List<HostRecord> named(String name) {
        return zoneId.map(id -> AwsRequests.answer("listing the records of " + name, () -> named(id, name)))
                .orElse(List.of());
    }

    private List<HostRecord> named(String id, String name) {
        return route53
                .listResourceRecordSets(request ->
                        request.hostedZoneId(id).startRecordName(name + ".").maxItems(MOST))
                .resourceRecordSets()
                .stream()
                .filter(record -> record.name().equals(name + "."))
                .map(record -> record(name, record))
                .toList();
    }

    private static HostRecord record(String name, ResourceRecordSet record) {
        return new HostRecord(
                name,
                record.typeAsString(),
                record.resourceRecords().stream()
                        .map(ResourceRecord::value)
                        .map(value -> value.replaceAll("^\"|\"$", ""))
                        .toList());
    }

    @Override
    public void close() {
        route53.close();
    }
}
