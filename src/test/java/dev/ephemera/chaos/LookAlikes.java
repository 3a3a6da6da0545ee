package dev.ephemera.chaos;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Things of others beside a pull request's own, of each kind, with names that begin like its own and marks like its own. */
final class LookAlikes {
    private static final String OTHER = "shop-eu";
    private static final String ZONE = "preview.example.com";

    private final Checker clouds;

    LookAlikes(Checker clouds) {
        this.clouds = clouds;
    }

    void plant(int number) {
        var stack = "pr-" + number;
        var name = "shop-" + stack;
        namespace(name + "-copy", Map.of("ephemera.dev/project", OTHER, "ephemera.dev/stack", stack));
        namespace(name + "-notes", Map.of());
        database(name + "-copy", List.of(tag("ephemera:project", OTHER), tag("ephemera:stack", stack)));
        database(name + "-by-hand", List.of());
        group(name + "-copy", stack);
        record("%s--eu.%s".formatted(stack, ZONE), RRType.A, "192.0.2.7");
        record(
                "_ephemera.%s--eu.%s".formatted(stack, ZONE),
                RRType.TXT,
                "\"ephemera:project=%s ephemera:stack=%s\"".formatted(OTHER, stack));
        record("%s--notes.%s".formatted(stack, ZONE), RRType.TXT, "\"pr-%d\"".formatted(number));
    }

    private void namespace(String name, Map<String, String> labels) {
        clouds.kubernetes()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void database(String identifier, List<Tag> tags) {
        var snapshot = clouds.rds().describeDBSnapshots().dbSnapshots().stream()
                .map(each -> each.dbSnapshotIdentifier())
                .filter(each -> !each.startsWith("rds:"))
                .findFirst()
                .orElseThrow();
        clouds.rds()
                .restoreDBInstanceFromDBSnapshot(request -> request.dbInstanceIdentifier(identifier)
                        .dbSnapshotIdentifier(snapshot)
                        .tags(tags));
    }

    private void group(String name, String stack) {
        var vpc = clouds.ec2().describeVpcs().vpcs().get(0).vpcId();
        clouds.ec2()
                .createSecurityGroup(request -> request.groupName(name)
                        .description("another project's")
                        .vpcId(vpc)
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.SECURITY_GROUP)
                                .tags(mark("ephemera:project", OTHER), mark("ephemera:stack", stack))
                                .build()));
    }

    private void record(String name, RRType type, String value) {
        var zone = clouds.route53().listHostedZones().hostedZones().stream()
                .filter(each -> each.name().equals(ZONE + "."))
                .findFirst()
                .orElseThrow();
        var set = ResourceRecordSet.builder()
                .name(name + ".")
                .type(type)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build();
        var change = Change.builder()
                .action(ChangeAction.UPSERT)
                .resourceRecordSet(set)
                .build();
        clouds.route53()
                .changeResourceRecordSets(request -> request.hostedZoneId(zone.id())
                        .changeBatch(ChangeBatch.builder().changes(change).build()));
    }

    private static software.amazon.awssdk.services.ec2.model.Tag mark(String key, String value) {
        return software.amazon.awssdk.services.ec2.model.Tag.builder()
                .key(key)
                .value(value)
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
