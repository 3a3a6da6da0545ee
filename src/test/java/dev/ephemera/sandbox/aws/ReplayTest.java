package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.TestEngine.DESIRED_STATE;
import static dev.ephemera.sandbox.aws.TestEngine.GROUP;
import static dev.ephemera.sandbox.aws.TestEngine.INGRESS;
import static dev.ephemera.sandbox.aws.TestEngine.INSTANCE;
import static dev.ephemera.sandbox.aws.TestEngine.RECORD;
import static dev.ephemera.sandbox.aws.TestEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephemera.sandbox.aws.TestEngine.State;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Does what the official provider did when its calls were recorded, and compares every call and every parameter. */
@Tag("moto")
class ReplayTest {
    private static TestCloud cloud;
    private static TestEngine engine;
    private static Recording recording;

    private final Map<String, State> states = new LinkedHashMap<>();
    private final Numbering recorded = new Numbering();
    private final Numbering ours = new Numbering();

    private interface Step {
        void run() throws Exception;
    }

    @BeforeAll
    static void start() throws IOException {
        recording = Recording.read();
        cloud = new TestCloud();
        engine = cloud.engine();
    }

    @AfterAll
    static void stop() {
        engine.close();
        cloud.close();
    }

    @TestFactory
    Stream<DynamicTest> makesTheCallsOfTheOfficialProvider() {
        var steps = steps();
        return recording.steps().keySet().stream()
                .map(step -> DynamicTest.dynamicTest(step, () -> {
                    cloud.forwarder.takeCalls();
                    steps.get(step).run();
                    assertThat(numbered(cloud.forwarder.takeCalls(), ours))
                            .isEqualTo(numbered(recording.steps().get(step), recorded));
                }));
    }

    @Test
    void replaysEveryRecordedStep() {
        assertThat(steps().keySet())
                .containsExactlyInAnyOrderElementsOf(recording.steps().keySet());
    }

    @Test
    void asksIamForItsAccountAtEachStartWhereItMayNotCheckCredentials() {
        assertThat(recording.starts()).isEqualTo(3);
        for (var start = 0; start < recording.starts(); start++) {
            cloud.forwarder.takeCalls();
            try (var another = new TestEngine(cloud.provider.port())) {
                another.configure(Map.of("region", cloud.region, "skipCredentialsValidation", "true"));
            }
            assertThat(cloud.forwarder.takeCalls())
                    .containsExactly(new RecordedCall("iam", "GetUser", 200, new TreeMap<>()));
        }
    }

    private Map<String, Step> steps() {
        var steps = new LinkedHashMap<String, Step>();
        steps.put("refused: unknown snapshot", () -> {
            assertThatThrownBy(() -> engine.create(INSTANCE, with(database("shop-pr-7"), "snapshotIdentifier", "nope")))
                    .hasMessageContaining(
                            "creating RDS DB Instance (restore from snapshot) (shop-pr-7): operation error "
                                    + "RDS: RestoreDBInstanceFromDBSnapshot, https response error StatusCode: 404")
                    .hasMessageContaining("DBSnapshotNotFound: DBSnapshot nope not found.");
        });
        steps.put("refused: existing identifier", () -> {
            assertThatThrownBy(() -> engine.create(INSTANCE, database("shop-orders")))
                    .hasMessageContaining("StatusCode: 400")
                    .hasMessageContaining("DBInstanceAlreadyExists: DB instance already exists");
        });
        steps.put("create minimal", () -> states.put("db", engine.create(INSTANCE, database("shop-pr-1"))));
        steps.put(
                "read", () -> states.put("db", engine.refresh(states.get("db")).orElseThrow()));
        steps.put(
                "update class",
                () -> states.put(
                        "db",
                        engine.update(states.get("db"), with(database("shop-pr-1"), "instanceClass", "db.t4g.small"))));
        steps.put("delete", () -> engine.delete(states.get("db")));
        steps.put(
                "create with password and retention 0",
                () -> engine.create(
                        INSTANCE, with(database("shop-pr-2"), "password", "abcdefgh1", "backupRetentionPeriod", 0)));
        steps.put("r53 create", () -> states.put("dns", engine.create(RECORD, record("gw.example.com"))));
        steps.put("r53 update", () -> states.put("dns", engine.update(states.get("dns"), record("gw2.example.com"))));
        steps.put("r53 create existing", () -> {
            assertThatThrownBy(() -> engine.create(RECORD, record("gw.example.com")))
                    .hasMessageContaining("InvalidChangeBatch");
        });
        steps.put("r53 delete", () -> engine.delete(states.get("dns")));
        steps.put(
                "data snapshot",
                () -> engine.invoke(
                        "aws:rds/getSnapshot:getSnapshot",
                        Map.of("dbInstanceIdentifier", "shop-orders", "mostRecent", true)));
        steps.put("data zone", () -> engine.invoke("aws:route53/getZone:getZone", Map.of("zoneId", cloud.zoneId)));
        steps.put(
                "sg create",
                () -> states.put(
                        "sg",
                        engine.create(
                                GROUP,
                                Map.of(
                                        "name",
                                        "shop-pr-3",
                                        "description",
                                        "Managed by ephemera",
                                        "vpcId",
                                        cloud.networkId,
                                        "tags",
                                        Map.of("ephemera:stack", "pr-3")))));
        steps.put(
                "sg rule",
                () -> engine.create(
                        INGRESS,
                        Map.of(
                                "securityGroupId",
                                states.get("sg").id(),
                                "cidrIpv4",
                                "10.0.0.0/16",
                                "ipProtocol",
                                "tcp",
                                "fromPort",
                                5432,
                                "toPort",
                                5432)));
        steps.put(
                "create with network",
                () -> engine.create(
                        INSTANCE,
                        with(
                                database("shop-pr-3"),
                                "dbSubnetGroupName",
                                "private",
                                "vpcSecurityGroupIds",
                                List.of(states.get("sg").id()))));
        steps.put(
                "stop state",
                () -> engine.create(DESIRED_STATE, Map.of("identifier", "shop-pr-3", "state", "stopped")));
        steps.put("create then Stop", () -> {
            cloud.restoreTime("10m");
            var creation = engine.createLater(INSTANCE, database("shop-pr-5"));
            cloud.forwarder.await("RestoreDBInstanceFromDBSnapshot");
            engine.cancel();
            var failure = catchThrowableOfType(CompletionException.class, creation::join);
            var recordedFailure = TestEngine.recorded((StatusRuntimeException) failure.getCause())
                    .orElseThrow();
            assertThat(recordedFailure.getId()).startsWith("db-");
            assertThat(recordedFailure.getReasons(0))
                    .contains("waiting for RDS DB Instance (shop-pr-5) create: context canceled");
        });
        return steps;
    }

    private static Map<String, Object> database(String identifier) {
        return Map.of(
                "identifier",
                identifier,
                "snapshotIdentifier",
                "orders-1",
                "engine",
                "postgres",
                "storageEncrypted",
                true,
                "instanceClass",
                "db.t4g.micro",
                "skipFinalSnapshot",
                true,
                "applyImmediately",
                true,
                "tags",
                Map.of("ephemera:stack", "pr-1"));
    }

    private static Map<String, Object> record(String target) {
        return Map.of(
                "zoneId",
                cloud.zoneId,
                "name",
                "pr-1.preview.example.com",
                "type",
                "CNAME",
                "ttl",
                60,
                "records",
                List.of(target));
    }

    private static List<RecordedCall> numbered(List<RecordedCall> calls, Numbering numbering) {
        return calls.stream().map(numbering::apply).toList();
    }

    /** What a cloud makes up differs from run to run: each kind of id is counted in the order of its first appearance. */
    private static final class Numbering {
        private static final Pattern MADE_UP =
                Pattern.compile("\\b(db-)[A-Z0-9]{20,}|\\b(sg-|vpc-)[0-9a-f]{8,}|(hostedzone/)[A-Z0-9]{10,}");

        private final Map<String, String> numbers = new TreeMap<>();

        RecordedCall apply(RecordedCall call) {
            var parameters = new TreeMap<String, String>();
            call.parameters().forEach((name, value) -> parameters.put(name, apply(value)));
            return new RecordedCall(call.service(), apply(call.action()), call.status(), parameters);
        }

        private String apply(String text) {
            return MADE_UP.matcher(text).replaceAll(match -> {
                var kind = Stream.of(1, 2, 3)
                        .map(match::group)
                        .filter(group -> group != null)
                        .findFirst()
                        .orElseThrow();
                return Matcher.quoteReplacement(numbers.computeIfAbsent(
                        match.group(),
                        absent -> kind
                                + numbers.values().stream()
                                        .filter(number -> number.startsWith(kind))
                                        .count()));
            });
        }
    }
}
