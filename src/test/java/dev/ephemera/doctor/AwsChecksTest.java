package dev.ephemera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.cloud.SubnetGroup;
import dev.ephemera.doctor.Finding.Level;
import dev.ephemera.failure.Exit;
import dev.ephemera.model.DatabaseSpec;
import dev.ephemera.model.Engine;
import dev.ephemera.model.InstanceClass;
import dev.ephemera.model.Snapshot;
import dev.ephemera.model.SnapshotChoice;
import dev.ephemera.model.SnapshotRule;
import dev.ephemera.naming.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Key ORDERS = new Key("orders");
    private static final DatabaseSpec DATABASE = new DatabaseSpec(
            Engine.POSTGRES,
            new InstanceClass("db.t4g.micro"),
            "private",
            "orders",
            "app",
            new SnapshotRule("shop-orders", Optional.of(Duration.ofDays(7))));

    @Test
    void whoseAccountItIsIsSaid() {
        assertThat(AwsChecks.account("123456789012", "eu-west-1", Optional.empty()))
                .isEqualTo(Finding.ok("AWS", "credentials of account 123456789012, region eu-west-1"));
        assertThat(AwsChecks.account("123456789012", "eu-west-1", Optional.of("123456789012"))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void anotherAccountThanTheFilesNameIsRefused() {
        var finding = AwsChecks.account("123456789012", "eu-west-1", Optional.of("999999999999"));
        assertThat(finding.exit()).isEqualTo(Exit.REFUSED);
        assertThat(finding.found()).contains("want account 999999999999 (aws.account in stacks/)");
    }

    @Test
    void aZoneThatIsNotThereIsAFault() {
        assertThat(AwsChecks.zone("preview.example.com", true).level()).isEqualTo(Level.OK);
        var finding = AwsChecks.zone("preview.example.com", false);
        assertThat(finding.exit()).isEqualTo(Exit.FAILED);
        assertThat(finding.remedy()).contains("dns.zone");
    }

    @Test
    void aSubnetGroupHasTwoAvailabilityZones() {
        var both = new SubnetGroup("vpc-1", Set.of("eu-west-1b", "eu-west-1a"));
        assertThat(AwsChecks.subnets(ORDERS, "private", Optional.of(both)))
                .isEqualTo(
                        Finding.ok("subnets of orders", "private in vpc-1, availability zones eu-west-1a, eu-west-1b"));
        var one = new SubnetGroup("vpc-1", Set.of("eu-west-1a"));
        assertThat(AwsChecks.subnets(ORDERS, "private", Optional.of(one)).level())
                .isEqualTo(Level.WARNING);
    }

    @Test
    void aSubnetGroupThatIsNotThereIsAFaultWithItsKey() {
        var finding = AwsChecks.subnets(ORDERS, "private", Optional.empty());
        assertThat(finding.exit()).isEqualTo(Exit.FAILED);
        assertThat(finding.found()).isEqualTo("there is no DB subnet group private");
        assertThat(finding.remedy()).contains("databases.orders.subnetGroup");
    }

    private static Finding snapshots(Snapshot... candidates) {
        return AwsChecks.snapshots(ORDERS, DATABASE, SnapshotChoice.from(List.of(candidates), DATABASE, NOW));
    }

    private static Snapshot snapshot(String id, boolean masked, Duration age) {
        return new Snapshot(id, "available", masked, "postgres", "16.4", true, 20, NOW.minus(age));
    }

    @Test
    void theSnapshotThatWouldBeTakenIsSaidAndWhyNotTheOthers() {
        var finding =
                snapshots(snapshot("raw", false, Duration.ofHours(1)), snapshot("masked", true, Duration.ofDays(1)));
        assertThat(finding.level()).isEqualTo(Level.OK);
        assertThat(finding.found())
                .isEqualTo(
                        "masked, taken 2026-11-23T12:00:00Z, postgres 16.4; refused:\nraw: it is not tagged ephemera:masked=true");
    }

    @Test
    void whereNoneWillDoEachIsToldWithItsReason() {
        var finding = snapshots(snapshot("raw", false, Duration.ofHours(1)), snapshot("old", true, Duration.ofDays(8)));
        assertThat(finding.exit()).isEqualTo(Exit.REFUSED);
        assertThat(finding.found())
                .contains("raw: it is not tagged ephemera:masked=true\nold: it was taken 2026-11-16T12:00:00Z");
        assertThat(snapshots().found()).contains("no snapshot of shop-orders exists");
    }
}
