package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;
import static dev.ephemera.sandbox.aws.Property.map;
import static dev.ephemera.sandbox.aws.Property.text;

import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.StartDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StopDbInstanceRequest;

/**
 * Whether an RDS instance runs or is stopped, apart from the instance itself: Terraform's aws_rds_instance_state in
 * version 5.100. The resource's id is the instance's identifier; another identifier is another resource, so that a change
 * replaces it. Deleting it leaves the instance as it is.
 *
 * <p>Like the official provider it waits until the instance is available before it changes anything. It therefore
 * <b>cannot start a stopped instance</b>: that wait ends with "unexpected state 'stopped'" (<a
 * href="https://github.com/hashicorp/terraform-provider-aws/issues/40785">known there</a>). StartDBInstance is called only
 * where an instance is available although the last state has it stopped.
 *
 * <p>Other than there, a creation whose stop or start failed is recorded with the state that was seen, not with the one
 * that was wanted, so that the next update tries again.
 */
final class InstanceDesiredStates implements ResourceKind {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String AVAILABLE = "available";
    private static final String STOPPED = "stopped";
    private static final Set<String> TIMEOUTS = Set.of("create", "update");
    private static final Schema SCHEMA = Schema.of(
            "aws:rds/instanceDesiredState:InstanceDesiredState",
            Set.of(),
            text("identifier").mandatory().replacing(),
            text("state").mandatory(),
            map("timeouts"));

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public List<Fault> faults(Properties inputs) {
        var faults = new ArrayList<Fault>();
        if ("".equals(inputs.get("identifier"))) {
            faults.add(new Fault("identifier", "\"identifier\" must not be empty"));
        }
        if (inputs.get("state") instanceof String state && !state.equals(AVAILABLE) && !state.equals(STOPPED)) {
            faults.add(new Fault(
                    "state",
                    "Attribute state value must be one of: [\"available\" \"stopped\"], got: \"" + state + "\""));
        }
        if (!inputs.isUnknown("timeouts")) {
            inputs.textMap("timeouts").forEach((name, limit) -> checkTimeout(name, limit, faults));
        }
        return faults;
    }

    @Override
    public Resource create(Operation operation, Properties inputs) {
        var identifier = inputs.requiredText("identifier");
        var limit = limit(inputs, "create");
        var status = awaitReady(operation, identifier, limit);
        try {
            move(operation, identifier, status, inputs.requiredText("state"), limit);
        } catch (Failure failure) {
            throw new HalfMade(identifier, inputs.with("state", status), String.valueOf(failure.getMessage()), failure);
        }
        return new Resource(identifier, inputs);
    }

    @Override
    public Optional<Resource> read(Operation operation, String id, Properties known) {
        var identifier = known.text("identifier").orElse(id);
        return about(
                        "reading RDS Instance State (" + identifier + ")",
                        () -> InstanceLookup.byId(operation.aws(), identifier))
                .map(found -> new Resource(
                        identifier, known.with("identifier", identifier).with("state", found.dbInstanceStatus())));
    }

    @Override
    public Properties update(Operation operation, String id, Plan plan) {
        var wanted = plan.wanted();
        var identifier = plan.olds().text("identifier").orElse(id);
        var limit = limit(wanted, "update");
        awaitReady(operation, identifier, limit);
        if (plan.changes("state")) {
            var before = plan.olds().text("state").orElse("");
            move(operation, identifier, before, wanted.requiredText("state"), limit);
        }
        return wanted;
    }

    /** Only forgets it: what it wanted of the instance ends, what the instance does goes on. */
    @Override
    public void delete(Operation operation, String id, Properties known) {}

    private static String awaitReady(Operation operation, String identifier, Duration limit) {
        return about(
                "waiting for RDS Instance (" + identifier + ")",
                () -> InstanceWaits.untilReady(operation, operation.deadline(limit), identifier)
                        .dbInstanceStatus());
    }

    private static void move(Operation operation, String identifier, String before, String wanted, Duration limit) {
        if (before.equals(wanted)) {
            return;
        }
        if (wanted.equals(STOPPED)) {
            stop(operation, identifier, limit);
        } else {
            start(operation, identifier, limit);
        }
    }

    private static void stop(Operation operation, String identifier, Duration limit) {
        var request =
                StopDbInstanceRequest.builder().dbInstanceIdentifier(identifier).build();
        about("stopping RDS Instance (" + identifier + ")", () -> {
            operation.cancellation().throwIfCancelled();
            return AwsClients.call(
                    "RDS: StopDBInstance", () -> operation.aws().rds().stopDBInstance(request));
        });
        about(
                "waiting for RDS Instance (" + identifier + ") stop",
                () -> InstanceWaits.untilStopped(operation, operation.deadline(limit), identifier));
    }

    private static void start(Operation operation, String identifier, Duration limit) {
        var request = StartDbInstanceRequest.builder()
                .dbInstanceIdentifier(identifier)
                .build();
        about("starting RDS Instance (" + identifier + ")", () -> {
            operation.cancellation().throwIfCancelled();
            return AwsClients.call(
                    "RDS: StartDBInstance", () -> operation.aws().rds().startDBInstance(request));
        });
        about(
                "waiting for RDS Instance (" + identifier + ") start",
                () -> InstanceWaits.untilReady(operation, operation.deadline(limit), identifier));
    }

    /** Holds for each of an operation's two waits, as there. */
    private static Duration limit(Properties properties, String operation) {
        var limit = properties.textMap("timeouts").get(operation);
        return limit == null ? LIMIT : Durations.parseSum(limit);
    }

    private static void checkTimeout(String name, String limit, List<Fault> faults) {
        if (!TIMEOUTS.contains(name)) {
            faults.add(new Fault(
                    "timeouts",
                    SCHEMA.token() + ": there is no property \"timeouts." + name
                            + "\" in the AWS provider; it has \"timeouts.create\" and \"timeouts.update\""));
            return;
        }
        try {
            Durations.parseSum(limit);
        } catch (IllegalArgumentException noTime) {
            faults.add(new Fault("timeouts", "\"timeouts." + name + "\": " + noTime.getMessage()));
        }
    }
}
