package dev.ephemera.sandbox.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * Waits for what becomes of an instance, with the delays, intervals and states of the official provider. The instance is
 * looked up by its resource id or by its identifier.
 */
final class InstanceWaits {
    private static final Duration DELAY = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int ANSWERS = 3;

    private static final Set<String> ON_THE_WAY = Set.of(
            "backing-up",
            "configuring-enhanced-monitoring",
            "configuring-iam-database-auth",
            "configuring-log-exports",
            "creating",
            "maintenance",
            "modifying",
            "moving-to-vpc",
            "rebooting",
            "renaming",
            "resetting-master-credentials",
            "starting",
            "stopping",
            "storage-full",
            "upgrading");
    private static final Wait UNTIL_READY =
            new Wait(DELAY, INTERVAL, ANSWERS, ON_THE_WAY, Set.of("available", "storage-optimization"));
    private static final Wait UNTIL_STOPPED =
            new Wait(Duration.ofSeconds(10), Duration.ofSeconds(3), 2, ON_THE_WAY, Set.of("stopped"));
    private static final Wait UNTIL_GONE = new Wait(
            DELAY,
            INTERVAL,
            ANSWERS,
            Set.of(
                    "available",
                    "backing-up",
                    "configuring-enhanced-monitoring",
                    "configuring-log-exports",
                    "creating",
                    "deleting",
                    "incompatible-parameters",
                    "modifying",
                    "starting",
                    "stopping",
                    "storage-full",
                    "storage-optimization"),
            Set.of());

    private InstanceWaits() {}

    /** Until it can be used; returns it as it was seen last. A stopped one fails: nothing brings it there by itself. */
    static DBInstance untilReady(Operation operation, Deadline deadline, String id) {
        return until(UNTIL_READY, operation, deadline, id)
                .orElseThrow(() -> new IllegalStateException("instance " + id + " was ready and is nowhere"));
    }

    /** The official provider looks less and less often here, at last every ten seconds; this one keeps its interval. */
    static Optional<DBInstance> untilStopped(Operation operation, Deadline deadline, String id) {
        return until(UNTIL_STOPPED, operation, deadline, id);
    }

    static Optional<DBInstance> untilGone(Operation operation, Deadline deadline, String id) {
        return until(UNTIL_GONE, operation, deadline, id);
    }

    private static Optional<DBInstance> until(Wait wait, Operation operation, Deadline deadline, String id) {
        return wait.until(
                operation, deadline, () -> InstanceLookup.byId(operation.aws(), id), DBInstance::dbInstanceStatus);
    }
}
