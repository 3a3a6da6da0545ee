package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.TestEngine.DESIRED_STATE;
import static dev.ephemera.sandbox.aws.TestEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephemera.sandbox.aws.TestEngine.State;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/** Stops and starts instances that other resources made. */
@Tag("moto")
class InstanceDesiredStatesTest {
    private static TestCloud cloud;
    private static int count;

    private TestEngine engine;
    private String identifier;

    @BeforeAll
    static void start() {
        cloud = new TestCloud();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void makeAnInstance() {
        cloud.restoreTime("8ms");
        engine = cloud.engine();
        identifier = "desired-state-test-" + ++count;
        cloud.aws
                .rds()
                .restoreDBInstanceFromDBSnapshot(
                        request -> request.dbInstanceIdentifier(identifier).dbSnapshotIdentifier("orders-1"));
    }

    @AfterEach
    void disconnect() {
        engine.close();
    }

    @Test
    void stopsAnInstanceOnceItIsAvailable() {
        var created = engine.create(DESIRED_STATE, wanting("stopped"));
        assertThat(created.id()).isEqualTo(identifier);
        assertThat(created.outputs()).isEqualTo(wanting("stopped"));
        assertThat(status()).isEqualTo("stopped");
        assertThat(engine.refresh(created)).contains(created);
        assertThat(engine.diff(created, created.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void stopsInAnUpdateToo() {
        var created = engine.create(DESIRED_STATE, wanting("available"));
        var updated = engine.update(created, wanting("stopped"));
        assertThat(updated.outputs()).isEqualTo(wanting("stopped"));
        assertThat(status()).isEqualTo("stopped");
    }

    @Test
    void startsAnInstanceThatStopsAfterItWasSeenAvailable() {
        var stopped = new State(DESIRED_STATE, identifier, wanting("stopped"), wanting("stopped"));
        cloud.forwarder.before("StartDBInstance", this::stopFromElsewhere);
        var started = engine.update(stopped, wanting("available"));
        assertThat(started.outputs()).isEqualTo(wanting("available"));
        assertThat(status()).isEqualTo("available");
        assertThat(actions())
                .containsExactly(
                        "DescribeDBInstances",
                        "DescribeDBInstances",
                        "DescribeDBInstances",
                        "StartDBInstance",
                        "DescribeDBInstances",
                        "DescribeDBInstances",
                        "DescribeDBInstances");
    }

    @Test
    void cannotStartAStoppedInstanceAsTheOfficialProviderCannot() {
        var stopped = engine.create(DESIRED_STATE, wanting("stopped"));
        cloud.forwarder.takeCalls();
        assertThatThrownBy(() -> engine.update(stopped, wanting("available")))
                .hasMessageContaining("waiting for RDS Instance (" + identifier
                        + "): unexpected state 'stopped', wanted target 'available, storage-optimization'");
        assertThat(actions()).containsExactly("DescribeDBInstances");
    }

    @Test
    void onlyLooksWhereTheStateIsTheWantedOne() {
        var created = engine.create(DESIRED_STATE, wanting("available"));
        assertThat(actions()).isEqualTo(Collections.nCopies(3, "DescribeDBInstances"));
        engine.update(created, with(wanting("available"), "timeouts", Map.of("update", "1h30m")));
        assertThat(actions()).isEqualTo(Collections.nCopies(3, "DescribeDBInstances"));
    }

    @Test
    void isGoneWithItsInstance() {
        var created = engine.create(DESIRED_STATE, wanting("available"));
        cloud.aws
                .rds()
                .deleteDBInstance(
                        request -> request.dbInstanceIdentifier(identifier).skipFinalSnapshot(true));
        assertThat(engine.refresh(created)).isEmpty();
        assertThatThrownBy(() -> engine.update(created, wanting("stopped")))
                .hasMessageContaining("waiting for RDS Instance (" + identifier + "): couldn't find resource");
        var failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> engine.create(DESIRED_STATE, wanting("stopped")));
        assertThat(failure).hasMessageContaining("couldn't find resource");
        assertThat(TestEngine.recorded(failure)).isEmpty();
    }

    @Test
    void followsWhatAnotherClientDid() {
        var created = engine.create(DESIRED_STATE, wanting("available"));
        stopFromElsewhere();
        assertThat(engine.refresh(created).orElseThrow().inputs()).containsEntry("state", "stopped");
    }

    @Test
    void isImportedByTheIdentifier() {
        var imported = engine.importById(DESIRED_STATE, identifier).orElseThrow();
        assertThat(imported.id()).isEqualTo(identifier);
        assertThat(imported.inputs()).isEqualTo(wanting("available"));
    }

    @Test
    void leavesTheInstanceAsItIsWhenItIsDeleted() {
        var created = engine.create(DESIRED_STATE, wanting("stopped"));
        cloud.forwarder.takeCalls();
        engine.delete(created);
        assertThat(actions()).isEmpty();
        assertThat(status()).isEqualTo("stopped");
    }

    @Test
    void callsNothingInAPreview() {
        var created = engine.create(DESIRED_STATE, wanting("available"));
        cloud.forwarder.takeCalls();
        assertThat(engine.previewCreate(DESIRED_STATE, wanting("stopped"))).isEqualTo(wanting("stopped"));
        assertThat(engine.update(created, wanting("stopped"), true).outputs()).isEqualTo(wanting("stopped"));
        assertThat(actions()).isEmpty();
    }

    @Test
    void isReplacedForAnotherInstanceOnly() {
        var created = engine.create(DESIRED_STATE, wanting("available"));
        assertThat(engine.diff(created, with(wanting("stopped"), "identifier", "another"))
                        .getReplacesList())
                .containsExactly("identifier");
    }

    @Test
    void recordsWhatItSawWhereAStopWasRefused() {
        cloud.forwarder.before("StopDBInstance", this::stopFromElsewhere);
        var failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> engine.create(DESIRED_STATE, wanting("stopped")));
        assertThat(failure)
                .hasMessageContaining("stopping RDS Instance (" + identifier + ")")
                .hasMessageContaining("InvalidDBInstanceState");
        var recorded = TestEngine.recorded(failure).orElseThrow();
        assertThat(recorded.getId()).isEqualTo(identifier);
        assertThat(Structs.decode(recorded.getProperties())).isEqualTo(wanting("available"));
    }

    @Test
    void stopsNothingForAnEngineThatHasLeft() throws Exception {
        cloud.restoreTime("1h");
        var creation = engine.createLater(DESIRED_STATE, wanting("stopped"));
        engine.cancel();
        assertThatThrownBy(creation::join).hasMessageContaining("context canceled");
        assertThat(status()).isEqualTo("available");
    }

    @Test
    void waitsNoLongerThanTheProgramSays() {
        cloud.restoreTime("1h");
        var hurried = with(wanting("stopped"), "timeouts", Map.of("create", "50ms"));
        assertThatThrownBy(() -> engine.create(DESIRED_STATE, hurried))
                .hasMessageContaining("timeout while waiting for state to become 'available, storage-optimization'")
                .hasMessageContaining("timeout: 50ms");
        assertThat(status()).isEqualTo("available");
    }

    @Test
    void refusesStatesTimesAndPropertiesThatThereAreNot() {
        assertThat(reasons(wanting("running")))
                .singleElement()
                .asString()
                .startsWith("state: Attribute state value must be one of: [\"available\" \"stopped\"], got: "
                        + "\"running\"");
        assertThat(reasons(with(wanting("stopped"), "colour", "red", "identifier", "")))
                .anyMatch(reason -> reason.startsWith("colour: ") && reason.contains("no property \"colour\""))
                .anyMatch(reason -> reason.startsWith("identifier: \"identifier\" must not be empty"));
        assertThat(reasons(with(wanting("stopped"), "timeouts", Map.of("delete", "1m", "create", "1 day"))))
                .anyMatch(reason -> reason.contains("no property \"timeouts.delete\""))
                .anyMatch(reason -> reason.contains("\"timeouts.create\": got \"1 day\""));
        assertThat(reasons(with(wanting("stopped"), "state", Unknown.UNKNOWN, "timeouts", Unknown.UNKNOWN)))
                .isEmpty();
    }

    private Map<String, Object> wanting(String state) {
        return Map.of("identifier", identifier, "state", state);
    }

    private List<String> reasons(Map<String, Object> inputs) {
        return engine.check(DESIRED_STATE, inputs).getFailuresList().stream()
                .map((CheckFailure failure) -> failure.getProperty() + ": " + failure.getReason())
                .toList();
    }

    private List<String> actions() {
        return cloud.forwarder.takeCalls().stream().map(RecordedCall::action).toList();
    }

    private void stopFromElsewhere() {
        cloud.aws.rds().stopDBInstance(request -> request.dbInstanceIdentifier(identifier));
    }

    private String status() {
        return cloud.aws
                .rds()
                .describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .get(0)
                .dbInstanceStatus();
    }
}
