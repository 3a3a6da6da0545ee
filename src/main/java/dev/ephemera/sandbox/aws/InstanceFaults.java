package dev.ephemera.sandbox.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the official provider refuses in an instance's inputs before it calls AWS. Lengths it does not check. */
final class InstanceFaults {
    private static final Pattern DAILY = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d");
    private static final String DAY = "(sun|mon|tue|wed|thu|fri|sat)";
    private static final Pattern WEEKLY =
            Pattern.compile("(?i)" + DAY + ":([01]\\d|2[0-3]):[0-5]\\d-" + DAY + ":([01]\\d|2[0-3]):[0-5]\\d");
    private static final Set<String> STORAGE_TYPES = Set.of("standard", "gp2", "gp3", "io1", "io2");
    private static final Set<String> NETWORK_TYPES = Set.of("IPV4", "DUAL");
    private static final Set<String> INSIGHTS_MODES = Set.of("standard", "advanced");
    private static final Set<String> BACKUP_TARGETS = Set.of("outposts", "region");
    private static final Set<String> LIFECYCLES =
            Set.of("open-source-rds-extended-support", "open-source-rds-extended-support-disabled");

    private InstanceFaults() {}

    static List<Fault> of(Properties inputs) {
        var faults = new ArrayList<Fault>();
        checkIdentifier(inputs, "identifier", faults);
        checkIdentifier(inputs, "identifierPrefix", faults);
        conflict(inputs, "identifier", "identifierPrefix", faults);
        conflict(inputs, "manageMasterUserPassword", "password", faults);
        checkFinalSnapshot(inputs, faults);
        oneOf(inputs, "storageType", STORAGE_TYPES, faults);
        oneOf(inputs, "networkType", NETWORK_TYPES, faults);
        oneOf(inputs, "databaseInsightsMode", INSIGHTS_MODES, faults);
        oneOf(inputs, "backupTarget", BACKUP_TARGETS, faults);
        oneOf(inputs, "engineLifecycleSupport", LIFECYCLES, faults);
        known(inputs, "backupWindow")
                .filter(window -> !DAILY.matcher(window).matches())
                .ifPresent(window -> faults.add(
                        new Fault("backupWindow", "\"backup_window\" must satisfy the format of \"hh24:mi-hh24:mi\"")));
        known(inputs, "maintenanceWindow")
                .filter(window -> !WEEKLY.matcher(window).matches())
                .ifPresent(window -> faults.add(new Fault(
                        "maintenanceWindow",
                        "\"maintenance_window\" must satisfy the format of \"ddd:hh24:mi-ddd:hh24:mi\"")));
        for (var arn : List.of("kmsKeyId", "performanceInsightsKmsKeyId")) {
            known(inputs, arn)
                    .filter(value -> !value.startsWith("arn:"))
                    .ifPresent(value ->
                            faults.add(new Fault(arn, "\"" + value + "\" is an invalid ARN: arn: invalid prefix")));
        }
        return faults;
    }

    private static void checkIdentifier(Properties inputs, String property, List<Fault> faults) {
        var tfName = property.equals("identifier") ? "identifier" : "identifier_prefix";
        known(inputs, property).ifPresent(value -> {
            if (!value.matches("[0-9a-z-]+")) {
                faults.add(new Fault(
                        property, "only lowercase alphanumeric characters and hyphens allowed in \"" + tfName + "\""));
            }
            if (!value.matches("[a-z].*")) {
                faults.add(new Fault(property, "first character of \"" + tfName + "\" must be a letter"));
            }
            if (value.contains("--")) {
                faults.add(new Fault(property, "\"" + tfName + "\" cannot contain two consecutive hyphens"));
            }
            if (property.equals("identifier") && value.endsWith("-")) {
                faults.add(new Fault(property, "\"identifier\" cannot end with a hyphen"));
            }
        });
    }

    private static void checkFinalSnapshot(Properties inputs, List<Fault> faults) {
        var property = "finalSnapshotIdentifier";
        known(inputs, property).ifPresent(value -> {
            if (!value.matches("[A-Za-z].*")) {
                faults.add(new Fault(
                        property,
                        "invalid value for final_snapshot_identifier (must begin with alphabetic character)"));
            }
            if (!value.matches("[0-9A-Za-z-]+")) {
                faults.add(
                        new Fault(
                                property,
                                "invalid value for final_snapshot_identifier (must only contain alphanumeric characters and hyphens)"));
            }
            if (value.contains("--")) {
                faults.add(new Fault(
                        property,
                        "invalid value for final_snapshot_identifier (cannot contain two consecutive hyphens)"));
            }
            if (value.endsWith("-")) {
                faults.add(new Fault(property, "invalid value for final_snapshot_identifier (cannot end in a hyphen)"));
            }
        });
    }

    private static void conflict(Properties inputs, String one, String other, List<Fault> faults) {
        if (!Values.isZero(inputs.get(one)) && !Values.isZero(inputs.get(other))) {
            faults.add(new Fault(one, "\"" + one + "\": conflicts with " + other));
        }
    }

    private static void oneOf(Properties inputs, String property, Set<String> allowed, List<Fault> faults) {
        known(inputs, property)
                .filter(value -> !allowed.contains(value))
                .ifPresent(value -> faults.add(new Fault(
                        property,
                        "expected " + property + " to be one of " + new TreeSet<>(allowed) + ", got " + value)));
    }

    private static Optional<String> known(Properties inputs, String property) {
        return inputs.isUnknown(property) ? Optional.empty() : inputs.text(property);
    }
}
