package dev.ephemera.doctor;

import dev.ephemera.cloud.HomeLookup;
import dev.ephemera.cloud.SnapshotCatalog;
import dev.ephemera.cloud.SubnetGroup;
import dev.ephemera.cloud.ZoneRecords;
import dev.ephemera.failure.Exit;
import dev.ephemera.model.AccountId;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.DatabaseSpec;
import dev.ephemera.model.PreviewSettings;
import dev.ephemera.model.SnapshotChoice;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.OwnerMarks;
import java.time.Clock;
import java.util.Optional;

/** Whose AWS it is, and whether it has what environments are made from. */
final class AwsChecks {
    private static final String ACCOUNT = "AWS";
    private static final String ZONE = "DNS zone";
    /** RDS takes no subnet group with fewer. */
    private static final int ZONES_WANTED = 2;

    private final Findings findings;
    private final PreviewSettings settings;
    private final String region;
    private final Clock clock;

    AwsChecks(Findings findings, PreviewSettings settings, Clock clock) {
        this.findings = findings;
        this.settings = settings;
        this.region = settings.aws().region().value();
        this.clock = clock;
    }

    /**
     * Makes them.
     *
     * @param application empty when it cannot be read
     */
    void all(Optional<ApplicationSpec> application) {
        var account = findings.ask(ACCOUNT, () -> HomeLookup.account(region));
        if (account.isEmpty()) {
            findings.add(Finding.unseen("DNS zone, RDS", "AWS does not answer"));
            return;
        }
        findings.add(account(account.get(), region, settings.aws().account().map(AccountId::value)));
        var zone = settings.dns().zone().value();
        findings.ask(ZONE, () -> isThere(zone)).ifPresent(there -> findings.add(zone(zone, there)));
        application.ifPresentOrElse(
                found -> found.databases().forEach(this::database),
                () -> findings.add(Finding.unseen("RDS", "stacks/ cannot be read")));
    }

    private boolean isThere(String zone) {
        try (var records = new ZoneRecords(region, zone)) {
            return records.isThere();
        }
    }

    private void database(Key key, DatabaseSpec database) {
        findings.ask("subnets of " + key, () -> SubnetGroup.find(region, database.subnetGroup()))
                .ifPresent(group -> findings.add(subnets(key, database.subnetGroup(), group)));
        findings.ask(
                        "snapshot of " + key,
                        () -> SnapshotChoice.from(
                                new SnapshotCatalog(region)
                                        .of(database.snapshot().source()),
                                database,
                                clock.instant()))
                .ifPresent(choice -> findings.add(snapshots(key, database, choice)));
    }

    static Finding account(String account, String region, Optional<String> allowed) {
        var found = "credentials of account %s, region %s".formatted(account, region);
        return allowed.filter(only -> !only.equals(account))
                .map(only -> Finding.fault(
                        ACCOUNT,
                        Exit.REFUSED,
                        "%s, want account %s (aws.account in stacks/)".formatted(found, only),
                        "take credentials of that account"))
                .orElseGet(() -> Finding.ok(ACCOUNT, found));
    }

    static Finding zone(String zone, boolean there) {
        return there
                ? Finding.ok(ZONE, zone)
                : Finding.fault(
                        ZONE,
                        Exit.FAILED,
                        "there is no public hosted zone %s in this account".formatted(zone),
                        "make it in Route53, and let its parent's name servers delegate to it; or change dns.zone");
    }

    static Finding subnets(Key key, String name, Optional<SubnetGroup> found) {
        var check = "subnets of " + key;
        if (found.isEmpty()) {
            return Finding.fault(
                    check,
                    Exit.FAILED,
                    "there is no DB subnet group %s".formatted(name),
                    "make it of subnets that the cluster's nodes reach, or change databases.%s.subnetGroup"
                            .formatted(key));
        }
        var group = found.get();
        var told = "%s in %s, availability zones %s"
                .formatted(name, group.vpc(), String.join(", ", group.availabilityZones()));
        return group.availabilityZones().size() >= ZONES_WANTED
                ? Finding.ok(check, told)
                : Finding.warning(check, told, "RDS wants subnets of two availability zones: add one");
    }

    static Finding snapshots(Key key, DatabaseSpec database, SnapshotChoice choice) {
        var check = "snapshot of " + key;
        var source = database.snapshot().source();
        var explanation = choice.explanation(database.snapshot()).replace("; ", "\n");
        if (choice.chosen().isEmpty()) {
            return Finding.fault(
                    check,
                    Exit.REFUSED,
                    "none of %s may be restored:\n%s".formatted(source, explanation),
                    "take one of masked data, with the tag %s=true".formatted(OwnerMarks.TAG_MASKED));
        }
        var snapshot = choice.chosen().get();
        var chosen = "%s, taken %s, %s %s"
                .formatted(snapshot.id(), snapshot.taken(), snapshot.engine(), snapshot.engineVersion());
        return Finding.ok(
                check, choice.refused().isEmpty() ? chosen : "%s; refused:\n%s".formatted(chosen, explanation));
    }
}
