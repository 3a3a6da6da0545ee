package dev.ephemera.cloud;

import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import dev.ephemera.naming.OwnerMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The records of one zone that TXT records beside them claim for environments, and those TXT records. */
public final class DnsBelongings implements AutoCloseable {
    private static final Pattern CLAIM = Pattern.compile("\"ephemera:project=(\\S+) ephemera:stack=(\\S+)\"");
    private static final String MARK = OwnerMarks.recordName("");

    private final Route53Client route53;
    private final String zone;

    /**
     * Makes the client; credentials come from where the AWS SDK looks for them.
     *
     * @param region for example {@code eu-west-1}
     * @param zone its name, without a trailing dot
     */
    public DnsBelongings(String region, String zone) {
        this.route53 = AwsRequests.client(Route53Client.builder(), region);
        this.zone = zone;
    }

    /**
     * All of them, a record before the TXT record that claims it.
     *
     * @throws dev.ephemera.failure.Failure when Route53 does not answer in full
     */
    public List<Belonging> all() {
        return AwsRequests.answer(
                "listing the records of " + zone,
                () -> zones().flatMap(id -> claimed(id, records(id)).stream()).toList());
    }

    private Stream<String> zones() {
        return route53.listHostedZonesPaginator().hostedZones().stream()
                .filter(each -> each.name().equals(zone + "."))
                .map(HostedZone::id);
    }

    private List<ResourceRecordSet> records(String zoneId) {
        return route53
                .listResourceRecordSetsPaginator(request -> request.hostedZoneId(zoneId))
                .resourceRecordSets()
                .stream()
                .toList();
    }

    private static List<Belonging> claimed(String zoneId, List<ResourceRecordSet> records) {
        var found = new ArrayList<Belonging>();
        var byName = records.stream().collect(Collectors.groupingBy(ResourceRecordSet::name));
        for (var mark : records) {
            claim(mark).ifPresent(claim -> {
                byName.getOrDefault(mark.name().substring(MARK.length()), List.of())
                        .forEach(record -> found.add(belonging(zoneId, record, claim)));
                found.add(belonging(zoneId, mark, claim));
            });
        }
        return found;
    }

    /** Whose the record beside {@code mark} is; empty when it is no mark, or names two owners. */
    private static Optional<MatchResult> claim(ResourceRecordSet mark) {
        if (!mark.typeAsString().equals("TXT")
                || !mark.name().startsWith(MARK)
                || mark.resourceRecords().size() != 1) {
            return Optional.empty();
        }
        var matcher = CLAIM.matcher(mark.resourceRecords().get(0).value());
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    private static Belonging belonging(String zoneId, ResourceRecordSet record, MatchResult claim) {
        var name = record.name().replaceAll("\\.$", "");
        return new Belonging(
                Kind.DNS_RECORD,
                name,
                "%s %s %s".formatted(zoneId, record.name(), record.typeAsString()),
                claim.group(1),
                claim.group(2),
                record.typeAsString());
    }

    /**
     * Deletes it, as it is now.
     *
     * @return why Route53 does not; empty when it does, or it is gone
     */
    public Optional<String> delete(Belonging belonging) {
        var id = belonging.id().split(" ");
        return AwsRequests.answer("deleting " + belonging, () -> {
            var now = records(id[0]).stream()
                    .filter(record ->
                            record.name().equals(id[1]) && record.typeAsString().equals(id[2]))
                    .map(record -> Change.builder()
                            .action(ChangeAction.DELETE)
                            .resourceRecordSet(record)
                            .build())
                    .toList();
            if (now.isEmpty()) {
                return Optional.empty();
            }
            try {
                route53.changeResourceRecordSets(request -> request.hostedZoneId(id[0])
                        .changeBatch(ChangeBatch.builder().changes(now).build()));
                return Optional.empty();
            } catch (InvalidChangeBatchException e) {
                return Optional.of("it has changed meanwhile");
            }
        });
    }

    @Override
    public void close() {
        route53.close();
    }
}
