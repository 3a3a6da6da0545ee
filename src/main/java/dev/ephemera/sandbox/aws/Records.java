package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;
import static dev.ephemera.sandbox.aws.Property.blocks;
import static dev.ephemera.sandbox.aws.Property.flag;
import static dev.ephemera.sandbox.aws.Property.number;
import static dev.ephemera.sandbox.aws.Property.set;
import static dev.ephemera.sandbox.aws.Property.text;

import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** DNS records: plain ones with a TTL, and aliases. Routing policies are refused by name. */
final class Records implements ResourceKind {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Wait UNTIL_IN_SYNC =
            new Wait(Duration.ofSeconds(15), Duration.ofSeconds(5), 1, Set.of("PENDING"), Set.of("INSYNC"));
    private static final Schema SCHEMA = Schema.of(
            "aws:route53/record:Record",
            Set.of(
                    "cidrRoutingPolicy",
                    "failoverRoutingPolicies",
                    "geolocationRoutingPolicies",
                    "geoproximityRoutingPolicy",
                    "healthCheckId",
                    "latencyRoutingPolicies",
                    "multivalueAnswerRoutingPolicy",
                    "setIdentifier",
                    "weightedRoutingPolicies"),
            blocks("aliases"),
            flag("allowOverwrite").orComputed(),
            text("name").mandatory().replacing(),
            set("records"),
            number("ttl"),
            text("type").mandatory(),
            text("zoneId").mandatory().replacing(),
            text("fqdn").onlyOutput());

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public List<Fault> faults(Properties inputs) {
        var faults = new ArrayList<Fault>();
        if (inputs.has("aliases") == inputs.has("records")) {
            faults.add(new Fault("records", "\"records\": one of `alias,records` must be specified"));
        }
        if (inputs.has("records") != inputs.has("ttl")) {
            faults.add(new Fault("ttl", "\"ttl\": all of `records,ttl` must be specified"));
        }
        inputs.text("type")
                .filter(type -> !RecordNames.TYPES.contains(type))
                .ifPresent(type -> faults.add(new Fault(
                        "type",
                        SCHEMA.token() + ": type " + type + " is not implemented in the sandbox, which has "
                                + String.join(
                                        ", ",
                                        RecordNames.TYPES.stream().sorted().toList())
                                + "; use the official AWS provider")));
        return faults;
    }

    @Override
    public boolean isSame(Property property, Object actual, Object wanted, Properties olds, Properties news) {
        return switch (property.name()) {
            case "name" -> RecordNames.clean(actual.toString()).equals(RecordNames.clean(wanted.toString()));
            case "zoneId" -> RecordNames.zoneId(actual.toString()).equals(RecordNames.zoneId(wanted.toString()));
            case "aliases" -> RecordSets.alias(olds.blocks("aliases")).equals(RecordSets.alias(news.blocks("aliases")));
            default -> ResourceKind.super.isSame(property, actual, wanted, olds, news);
        };
    }

    @Override
    public Resource create(Operation operation, Properties inputs) {
        var action = inputs.flag("allowOverwrite") ? ChangeAction.UPSERT : ChangeAction.CREATE;
        return write(operation, inputs, zoneName -> List.of(change(action, RecordSets.of(inputs, zoneName))));
    }

    @Override
    public Optional<Resource> read(Operation operation, String id, Properties known) {
        var parts = RecordNames.Id.parse(id);
        var base = known.values().isEmpty()
                ? known.with("zoneId", parts.zone()).with("name", parts.name()).with("type", parts.type())
                : known;
        return about("reading Route 53 Record (" + id + ")", () -> find(operation, base))
                .map(found -> new Resource(id, RecordSets.outputs(found.set(), base, found.zoneName())));
    }

    @Override
    public Properties update(Operation operation, String id, Plan plan) {
        var wanted = plan.wanted();
        var written = plan.changes("type")
                // Another type is another record: one batch takes the old one away and makes the new one.
                ? write(
                        operation,
                        wanted,
                        zoneName -> List.of(
                                change(ChangeAction.DELETE, RecordSets.of(plan.olds(), zoneName)),
                                change(ChangeAction.CREATE, RecordSets.of(wanted, zoneName))))
                : write(
                        operation,
                        wanted,
                        zoneName -> List.of(change(ChangeAction.UPSERT, RecordSets.of(wanted, zoneName))));
        return written.outputs();
    }

    @Override
    public void delete(Operation operation, String id, Properties known) {
        about("deleting Route 53 Record (" + id + ")", () -> {
            var found = find(operation, known);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var request = request(
                    known,
                    "Deleted by Terraform",
                    List.of(change(ChangeAction.DELETE, found.get().set())));
            try {
                await(operation, send(operation, request));
            } catch (AwsFailure failure) {
                if (!failure.says("InvalidChangeBatch", "not found")) {
                    throw failure;
                }
            }
            return Optional.empty();
        });
    }

    private record Found(ResourceRecordSet set, String zoneName) {}

    private interface Changes {
        List<Change> in(String zoneName);
    }

    private Resource write(Operation operation, Properties wanted, Changes changes) {
        var name = wanted.text("name").orElse("");
        var doing = "creating Route 53 Record (" + name + ")";
        var zoneName = about(doing, () -> zoneName(operation, wanted));
        var request = request(wanted, "Managed by Terraform", changes.in(zoneName));
        var sent = about(doing, () -> send(operation, request));
        var id = new RecordNames.Id(
                        RecordNames.zoneId(wanted.requiredText("zoneId")),
                        name.toLowerCase(Locale.ROOT),
                        wanted.requiredText("type"))
                .toString();
        try {
            about("waiting for Route 53 Record (" + id + ") synchronize", () -> await(operation, sent));
            var found = about(
                    "reading Route 53 Record (" + id + ")",
                    () -> find(operation, wanted).orElseThrow(() -> new WaitFailure("couldn't find resource")));
            return new Resource(id, RecordSets.outputs(found.set(), wanted, found.zoneName()));
        } catch (Failure failure) {
            throw new HalfMade(
                    id,
                    RecordSets.outputs(RecordSets.of(wanted, zoneName), wanted, zoneName),
                    String.valueOf(failure.getMessage()),
                    failure);
        }
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }

    private static ChangeResourceRecordSetsRequest request(Properties record, String comment, List<Change> changes) {
        return ChangeResourceRecordSetsRequest.builder()
                .hostedZoneId(RecordNames.zoneId(record.requiredText("zoneId")))
                .changeBatch(
                        ChangeBatch.builder().comment(comment).changes(changes).build())
                .build();
    }

    private static ChangeInfo send(Operation operation, ChangeResourceRecordSetsRequest request) {
        return AwsClients.call(
                "Route 53: ChangeResourceRecordSets",
                () -> operation
                        .aws()
                        .route53()
                        .changeResourceRecordSets(request)
                        .changeInfo());
    }

    private static Optional<ChangeInfo> await(Operation operation, ChangeInfo sent) {
        var request =
                GetChangeRequest.builder().id(RecordNames.zoneId(sent.id())).build();
        return UNTIL_IN_SYNC.until(
                operation,
                operation.deadline(LIMIT),
                () -> Optional.of(AwsClients.call(
                        "Route 53: GetChange",
                        () -> operation.aws().route53().getChange(request).changeInfo())),
                ChangeInfo::statusAsString);
    }

    private static String zoneName(Operation operation, Properties record) {
        var request = GetHostedZoneRequest.builder()
                .id(RecordNames.zoneId(record.requiredText("zoneId")))
                .build();
        return AwsClients.call(
                        "Route 53: GetHostedZone",
                        () -> operation.aws().route53().getHostedZone(request))
                .hostedZone()
                .name();
    }

    /** Empty where the record or its whole zone is gone. */
    private static Optional<Found> find(Operation operation, Properties record) {
        try {
            var zoneName = zoneName(operation, record);
            var name = RecordNames.absolute(record.text("name").orElse(""), zoneName);
            var type = record.requiredText("type");
            var request = ListResourceRecordSetsRequest.builder()
                    .hostedZoneId(RecordNames.zoneId(record.requiredText("zoneId")))
                    .startRecordName(name + ".")
                    .startRecordType(type)
                    .maxItems("1")
                    .build();
            return AwsClients.call(
                            "Route 53: ListResourceRecordSets",
                            () -> operation.aws().route53().listResourceRecordSets(request))
                    .resourceRecordSets()
                    .stream()
                    .filter(set -> RecordNames.clean(set.name()).equals(name)
                            && set.typeAsString().equals(type))
                    .findFirst()
                    .map(set -> new Found(set, zoneName));
        } catch (AwsFailure failure) {
            if (failure.is("NoSuchHostedZone")) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
