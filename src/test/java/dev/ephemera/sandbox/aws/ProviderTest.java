package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.TestEngine.EGRESS;
import static dev.ephemera.sandbox.aws.TestEngine.GROUP;
import static dev.ephemera.sandbox.aws.TestEngine.INGRESS;
import static dev.ephemera.sandbox.aws.TestEngine.INSTANCE;
import static dev.ephemera.sandbox.aws.TestEngine.RECORD;
import static dev.ephemera.sandbox.aws.TestEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.aws.TestEngine.State;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.GetSchemaRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What an engine sees of the provider, with moto as AWS. */
@Tag("moto")
class ProviderTest {
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
    void connect() {
        cloud.restoreTime("8ms");
        MotoForTests.shared().restoreTime("0s");
        engine = cloud.engine();
        identifier = "provider-test-" + ++count;
    }

    @AfterEach
    void disconnect() {
        MotoForTests.shared().restoreTime("0s");
        engine.close();
    }

    @Nested
    class WhenAnInstanceIsOnlyHalfMade {
        @Test
        void cancellingEndsTheWaitsOfItsOwnConnectionOnly() throws Exception {
            MotoForTests.shared().restoreTime("1h");
            cloud.restoreTime("1h");
            try (var other = cloud.engine()) {
                var ours = engine.createLater(INSTANCE, database(identifier));
                cloud.forwarder.await("RestoreDBInstanceFromDBSnapshot");
                cloud.forwarder.takeCalls();
                var theirs = other.createLater(INSTANCE, database(identifier + "-other"));
                cloud.forwarder.await("RestoreDBInstanceFromDBSnapshot");
                engine.cancel();
                assertThat(failure(ours)).hasMessageContaining("context canceled");
                assertThat(theirs).isNotDone();
                other.cancel();
                assertThat(failure(theirs)).hasMessageContaining("context canceled");
            }
        }

        @Test
        void anEngineThatIsGoneWaitsForNothing() throws Exception {
            cloud.restoreTime("400ms");
            try (var other = cloud.engine()) {
                other.createLater(INSTANCE, with(database(identifier), "password", "never-set-1"));
                cloud.forwarder.await("RestoreDBInstanceFromDBSnapshot");
            }
            // Two whole creations later the first one would long have gone on to set the password.
            engine.create(INSTANCE, database(identifier + "-b"));
            engine.create(INSTANCE, database(identifier + "-c"));
            assertThat(cloud.forwarder.takeCalls())
                    .extracting(RecordedCall::action)
                    .contains("RestoreDBInstanceFromDBSnapshot")
                    .doesNotContain("ModifyDBInstance");
        }

        @Test
        void aProviderThatIsStoppedStillSaysWhatItHasMade() throws Exception {
            cloud.restoreTime("1h");
            var stopped = AwsProvider.start(0, cloud.restoreTimeFile(), cloud.environment(cloud.forwarder.endpoint()));
            try (var other = new TestEngine(stopped.port()).configure(Map.of("region", cloud.region))) {
                var creation = other.createLater(INSTANCE, database(identifier));
                cloud.forwarder.await("RestoreDBInstanceFromDBSnapshot");
                stopped.close();
                assertThat(TestEngine.recorded(failure(creation)).orElseThrow().getId())
                        .isEqualTo(describe(identifier).dbiResourceId());
            }
        }

        @Test
        void itsIdAndWhatIsKnownGoIntoTheState() throws Exception {
            MotoForTests.shared().restoreTime("1h");
            var failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> engine.create(
                            INSTANCE, with(database(identifier), "password", new Secret("hidden-pass")), 0.2));
            assertThat(failure)
                    .hasMessageContaining(
                            "creating urn:pulumi:pr-1::shop::aws:rds/instance:Instance::db: 1 error occurred:")
                    .hasMessageContaining("waiting for RDS DB Instance (" + identifier
                            + ") create: timeout while waiting for state to become 'available, storage-optimization' "
                            + "(last state: 'creating', timeout: 200ms)");
            var recorded = TestEngine.recorded(failure).orElseThrow();
            var outputs = Structs.decode(recorded.getProperties());
            assertThat(recorded.getId()).isEqualTo(describe(identifier).dbiResourceId());
            assertThat(outputs)
                    .containsEntry("identifier", identifier)
                    .containsEntry("skipFinalSnapshot", true)
                    .containsEntry("status", "creating")
                    .containsEntry("password", new Secret("hidden-pass"));
            engine.delete(new State(INSTANCE, recorded.getId(), Map.of(), outputs));
            assertThat(exists(identifier)).isFalse();
        }

        @Test
        void aRefusalAfterTheRestoreKeepsTheIdToo() {
            var failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> engine.create(INSTANCE, with(database(identifier), "maxAllocatedStorage", 5)));
            assertThat(failure)
                    .hasMessageContaining("updating RDS DB Instance (" + identifier + ")")
                    .hasMessageContaining("Max storage size must be greater than storage size");
            assertThat(TestEngine.recorded(failure).orElseThrow().getId())
                    .isEqualTo(describe(identifier).dbiResourceId());
        }

        @Test
        void aRefusedRestoreLeavesNothingToRecord() {
            var failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> engine.create(INSTANCE, with(database(identifier), "snapshotIdentifier", "nope")));
            assertThat(TestEngine.recorded(failure)).isEmpty();
        }

        @Test
        void nothingNewBeginsOnACancelledConnection() {
            engine.cancel();
            assertThatThrownBy(() -> engine.create(INSTANCE, database(identifier)))
                    .hasMessageContaining("context canceled");
            assertThat(cloud.forwarder.takeCalls()).isEmpty();
        }
    }

    @Nested
    class InAPreview {
        @Test
        void aCreationCallsNothingAndLeavesTheCloudsPartUnknown() {
            var planned = engine.previewCreate(
                    INSTANCE,
                    with(
                            database(identifier),
                            "vpcSecurityGroupIds",
                            List.of(Unknown.UNKNOWN),
                            "password",
                            new Secret("hidden")));
            assertThat(planned)
                    .containsEntry("identifier", identifier)
                    .containsEntry("address", Unknown.UNKNOWN)
                    .containsEntry("engine", Unknown.UNKNOWN)
                    .containsEntry("vpcSecurityGroupIds", List.of(Unknown.UNKNOWN))
                    .containsEntry("password", new Secret("hidden"))
                    .doesNotContainKey("deletionProtection");
            assertThat(cloud.forwarder.takeCalls()).isEmpty();
        }

        @Test
        void anUpdateCallsNothingAndKeepsWhatTheCloudHasDecided() {
            var created = engine.create(INSTANCE, database(identifier));
            cloud.forwarder.takeCalls();
            var planned = engine.update(created, with(created.inputs(), "instanceClass", "db.t4g.large"), true);
            assertThat(planned.outputs())
                    .containsEntry("instanceClass", "db.t4g.large")
                    .containsEntry("address", created.outputs().get("address"));
            assertThat(cloud.forwarder.takeCalls()).isEmpty();
        }

        @Test
        void aValueThatIsNotKnownYetMayReplace() {
            var created = engine.create(INSTANCE, database(identifier));
            var diff = engine.diff(created, with(created.inputs(), "snapshotIdentifier", Unknown.UNKNOWN));
            assertThat(diff.getReplacesList()).containsExactly("snapshotIdentifier");
        }
    }

    @Nested
    class ALivingInstance {
        @Test
        void isTheSameInTheNextRun() {
            var created = engine.create(INSTANCE, with(database(identifier), "password", new Secret("hidden-1")));
            assertThat(engine.diff(created, created.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
            var refreshed = engine.refresh(created).orElseThrow();
            assertThat(refreshed.outputs()).isEqualTo(created.outputs());
            assertThat(refreshed.inputs()).isEqualTo(created.inputs());
        }

        @Test
        void keepsItsPasswordSecretInEveryAnswer() {
            var created = engine.create(INSTANCE, with(database(identifier), "password", "hidden-1"));
            var updated = engine.update(created, with(created.inputs(), "instanceClass", "db.t4g.large"));
            for (var state : List.of(created, updated, engine.refresh(updated).orElseThrow())) {
                assertThat(state.outputs()).containsEntry("password", new Secret("hidden-1"));
            }
        }

        @Test
        void keepsSecretWhatTheProgramHasSecret() {
            var created =
                    engine.create(INSTANCE, with(database(identifier), "tags", Map.of("key", new Secret("hidden"))));
            assertThat(created.outputs().get("tags")).isInstanceOf(Secret.class);
            assertThat(created.outputs().get("tagsAll")).isInstanceOf(Secret.class);
        }

        @Test
        void staysInCreationAsLongAsTheRestoreTakes() {
            MotoForTests.shared().restoreTime("1h");
            cloud.aws
                    .rds()
                    .restoreDBInstanceFromDBSnapshot(
                            request -> request.dbInstanceIdentifier(identifier).dbSnapshotIdentifier("orders-1"));
            assertThat(describe(identifier).dbInstanceStatus()).isEqualTo("creating");
            MotoForTests.shared().restoreTime("0s");
            engine.create(INSTANCE, database(identifier + "-b"));
            assertThat(describe(identifier + "-b").dbInstanceStatus()).isEqualTo("available");
            assertThat(describe(identifier).dbInstanceStatus()).isEqualTo("creating");
        }

        @Test
        void isFoundByItsIdAfterAnotherClientRenamedIt() {
            var created = engine.create(INSTANCE, database(identifier));
            cloud.aws
                    .rds()
                    .modifyDBInstance(request -> request.dbInstanceIdentifier(identifier)
                            .newDBInstanceIdentifier(identifier + "-new")
                            .applyImmediately(true));
            assertThat(engine.refresh(created).orElseThrow().inputs()).containsEntry("identifier", identifier + "-new");
        }

        @Test
        void followsWhatAnotherClientChanged() {
            var created = engine.create(INSTANCE, database(identifier));
            cloud.aws
                    .rds()
                    .modifyDBInstance(request -> request.dbInstanceIdentifier(identifier)
                            .dbInstanceClass("db.r6g.large")
                            .applyImmediately(true));
            var refreshed = engine.refresh(created).orElseThrow();
            assertThat(refreshed.outputs()).containsEntry("instanceClass", "db.r6g.large");
            assertThat(refreshed.inputs()).containsEntry("instanceClass", "db.r6g.large");
        }

        @Test
        void isGoneWhereAnotherClientDeletedIt() {
            var created = engine.create(INSTANCE, database(identifier));
            cloud.aws
                    .rds()
                    .deleteDBInstance(
                            request -> request.dbInstanceIdentifier(identifier).skipFinalSnapshot(true));
            assertThat(engine.refresh(created)).isEmpty();
            engine.delete(created);
        }

        @Test
        void isImportedByIdentifierOrById() {
            var created = engine.create(INSTANCE, database(identifier));
            for (var id : List.of(identifier, created.id())) {
                var imported = engine.importById(INSTANCE, id).orElseThrow();
                assertThat(imported.id()).isEqualTo(created.id());
                assertThat(imported.inputs())
                        .containsEntry("identifier", identifier)
                        .containsEntry("instanceClass", "db.t4g.micro")
                        .containsEntry("skipFinalSnapshot", true)
                        .doesNotContainKeys("arn", "password");
                assertThat(engine.check(INSTANCE, imported.inputs()).getFailuresList())
                        .isEmpty();
                assertThat(engine.diff(imported, imported.inputs()).getChanges())
                        .isEqualTo(DiffChanges.DIFF_NONE);
            }
            assertThat(engine.importById(INSTANCE, "no-such-instance")).isEmpty();
        }
    }

    @Nested
    class Deleting {
        @Test
        void needsANameForTheFinalSnapshotUnlessItIsSkipped() {
            var created = engine.create(INSTANCE, with(database(identifier), "skipFinalSnapshot", false));
            assertThatThrownBy(() -> engine.delete(created))
                    .hasMessageContaining("final_snapshot_identifier is required when skip_final_snapshot is false");
            cloud.forwarder.takeCalls();
            engine.delete(created.with("finalSnapshotIdentifier", identifier + "-last"));
            assertThat(cloud.forwarder.takeCalls().get(0).parameters())
                    .containsEntry("FinalDBSnapshotIdentifier", identifier + "-last")
                    .containsEntry("SkipFinalSnapshot", "false");
        }

        @Test
        void keepsAutomatedBackupsWhereToldTo() {
            var created = engine.create(INSTANCE, with(database(identifier), "deleteAutomatedBackups", false));
            cloud.forwarder.takeCalls();
            engine.delete(created);
            assertThat(cloud.forwarder.takeCalls().get(0).parameters())
                    .containsEntry("DeleteAutomatedBackups", "false");
        }

        @Test
        void liftsAProtectionThatIsNotTheProgramsWhereChangesApplyAtOnce() {
            var created = protectedInstance(with(database(identifier), "applyImmediately", true));
            engine.delete(created);
            assertThat(cloud.forwarder.takeCalls())
                    .extracting(RecordedCall::action)
                    .startsWith("DeleteDBInstance", "ModifyDBInstance", "DescribeDBInstances")
                    .contains("DeleteDBInstance");
            assertThat(exists(identifier)).isFalse();
        }

        @Test
        void leavesAProtectedInstanceWhereChangesWaitForTheMaintenanceWindow() {
            var created = protectedInstance(database(identifier));
            assertThatThrownBy(() -> engine.delete(created))
                    .hasMessageContaining("deleting RDS DB Instance (" + identifier + ")")
                    .hasMessageContaining("disable deletion protection");
            assertThat(exists(identifier)).isTrue();
        }

        private State protectedInstance(Map<String, Object> inputs) {
            var created = engine.create(INSTANCE, inputs);
            cloud.aws
                    .rds()
                    .modifyDBInstance(
                            request -> request.dbInstanceIdentifier(identifier).deletionProtection(true));
            cloud.forwarder.takeCalls();
            return created;
        }
    }

    @Nested
    class Checking {
        @Test
        void refusesIdentifiersInTheOfficialWordsAndDoesNotCountTheirLength() {
            assertThat(reasons(engine.check(INSTANCE, database("Shop_1")).getFailuresList()))
                    .contains(
                            "identifier: only lowercase alphanumeric characters and hyphens allowed in \"identifier\". "
                                    + "Examine values at 'db.identifier'.");
            assertThat(reasons(engine.check(INSTANCE, database("1shop")).getFailuresList()))
                    .contains("identifier: first character of \"identifier\" must be a letter. "
                            + "Examine values at 'db.identifier'.");
            assertThat(engine.check(INSTANCE, database("a".repeat(80))).getFailuresList())
                    .isEmpty();
        }

        @Test
        void namesAMissingArgument() {
            assertThat(reasons(engine.check(INSTANCE, with(database("a"), "instanceClass", null))
                            .getFailuresList()))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "instanceClass: Missing required argument. The argument \"instance_class\" is required");
        }

        @Test
        void refusesByNameWhatItDoesNotServe() {
            assertThat(reasons(engine.check(INSTANCE, with(database("a"), "replicateSourceDb", "b", "colour", "red"))
                            .getFailuresList()))
                    .anyMatch(reason -> reason.startsWith("replicateSourceDb: aws:rds/instance:Instance: property "
                            + "\"replicateSourceDb\" is not implemented in the sandbox;"))
                    .anyMatch(reason ->
                            reason.startsWith("colour: aws:rds/instance:Instance: there is no property \"colour\""));
            assertThatThrownBy(() -> engine.check("aws:s3/bucket:Bucket", Map.of()))
                    .hasMessageContaining("aws:s3/bucket:Bucket is not implemented in the sandbox");
            assertThatThrownBy(() -> engine.invoke("aws:index/getRegion:getRegion", Map.of()))
                    .hasMessageContaining("aws:index/getRegion:getRegion is not implemented in the sandbox");
            assertThatThrownBy(() -> engine.invoke("aws:route53/getZone:getZone", Map.of("colour", "red")))
                    .hasMessageContaining("argument \\\"colour\\\" is not implemented in the sandbox");
            assertThatThrownBy(() -> engine.create(INSTANCE, with(database("a"), "snapshotIdentifier", null)))
                    .hasMessageContaining("an instance without snapshotIdentifier is not implemented in the sandbox");
        }

        @Test
        void fillsInTheDefaultsOfTheOfficialProvider() {
            assertThat(Structs.decode(engine.check(INSTANCE, database("a")).getInputs()))
                    .containsEntry("autoMinorVersionUpgrade", true)
                    .containsEntry("copyTagsToSnapshot", false)
                    .containsEntry("deleteAutomatedBackups", true)
                    .containsEntry("monitoringInterval", 0.0)
                    .containsEntry("publiclyAccessible", false)
                    .doesNotContainKeys("deletionProtection", "engine", "port");
        }

        @Test
        void letsSecretsAndUnknownsThrough() {
            var checked = engine.check(
                    INSTANCE, with(database("a"), "identifier", Unknown.UNKNOWN, "password", new Secret("hidden")));
            assertThat(checked.getFailuresList()).isEmpty();
            assertThat(Structs.decode(checked.getInputs()))
                    .containsEntry("identifier", Unknown.UNKNOWN)
                    .containsEntry("password", new Secret("hidden"));
        }

        @Test
        void refusesValuesOfTheWrongShape() {
            assertThat(reasons(engine.check(INSTANCE, with(database("a"), "port", "five"))
                            .getFailuresList()))
                    .anyMatch(reason -> reason.startsWith("port: wanted number"));
            assertThat(reasons(engine.check(INSTANCE, with(database("a"), "storageType", "floppy"))
                            .getFailuresList()))
                    .anyMatch(reason -> reason.contains("expected storageType to be one of"));
        }

        private List<String> reasons(List<CheckFailure> failures) {
            return failures.stream()
                    .map(failure -> failure.getProperty() + ": " + failure.getReason())
                    .toList();
        }
    }

    @Nested
    class ADnsRecord {
        @Test
        void takesANameRelativeToItsZone() {
            var created = engine.create(RECORD, cname(identifier));
            assertThat(created.id()).isEqualTo(cloud.zoneId + "_" + identifier + "_CNAME");
            assertThat(created.outputs())
                    .containsEntry("fqdn", identifier + ".preview.example.com")
                    .containsEntry("name", identifier);
            assertThat(engine.diff(created, created.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
            assertThat(engine.refresh(created).orElseThrow().inputs()).isEqualTo(created.inputs());
        }

        @Test
        void isImportedByItsIdAndIsTheSameThen() {
            var name = "_ephemera." + identifier + ".preview.example.com";
            var inputs = with(cname(name), "type", "TXT", "records", List.of("project=shop", "stack=pr-1"));
            var created = engine.create(RECORD, inputs);
            var imported = engine.importById(RECORD, created.id()).orElseThrow();
            assertThat(imported.plain().texts("records")).containsExactly("project=shop", "stack=pr-1");
            assertThat(engine.diff(imported, created.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
        }

        @Test
        void pointsToAnotherNameAsAnAlias() {
            var alias = Map.of("name", "gw.preview.example.com", "zoneId", cloud.zoneId, "evaluateTargetHealth", false);
            var inputs = with(cname(identifier), "type", "A", "ttl", null, "records", null, "aliases", List.of(alias));
            var created = engine.create(RECORD, inputs);
            assertThat(engine.diff(created, created.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
            engine.delete(created);
            assertThat(engine.refresh(created)).isEmpty();
        }

        @Test
        void ofAnotherTypeIsExchangedInOneBatch() {
            var created = engine.create(RECORD, cname(identifier));
            cloud.forwarder.takeCalls();
            engine.update(created, with(created.inputs(), "type", "A", "records", List.of("10.0.0.1")));
            assertThat(cloud.forwarder.takeCalls().get(1).parameters()).containsEntry("Action", "DELETE,CREATE");
        }

        @Test
        void isReplacedUnderAnotherNameOrInAnotherZone() {
            var created = engine.create(RECORD, cname(identifier));
            assertThat(engine.diff(created, cname(identifier + "-b")).getReplacesList())
                    .containsExactly("name");
            assertThat(engine.diff(created, with(cname(identifier), "zoneId", "Z999"))
                            .getReplacesList())
                    .containsExactly("zoneId");
            assertThat(engine.diff(created, with(cname(identifier), "ttl", 30)).getReplacesList())
                    .isEmpty();
        }

        @Test
        void overwritesAnotherOnlyWhereToldTo() {
            engine.create(RECORD, cname(identifier));
            assertThatThrownBy(() -> engine.create(RECORD, cname(identifier)))
                    .hasMessageContaining("InvalidChangeBatch");
            engine.create(RECORD, with(cname(identifier), "allowOverwrite", true));
        }

        @Test
        void thatWasNotInSyncInTimeKeepsItsId() {
            cloud.restoreTime("1h");
            var failure = catchThrowableOfType(
                    StatusRuntimeException.class, () -> engine.create(RECORD, cname(identifier), 0.2));
            assertThat(TestEngine.recorded(failure).orElseThrow().getId())
                    .isEqualTo(cloud.zoneId + "_" + identifier + "_CNAME");
        }

        @Test
        void isGoneWithItsZone() {
            var created = engine.create(RECORD, cname(identifier));
            var elsewhere = created.with("zoneId", "ZNOSUCHZONE");
            assertThat(engine.refresh(elsewhere)).isEmpty();
            engine.delete(elsewhere);
        }

        @Test
        void needsRecordsOrAnAliasAndATtlWithRecords() {
            assertThat(engine.check(RECORD, with(cname("a"), "records", null, "ttl", null))
                            .getFailuresList())
                    .extracting(CheckFailure::getProperty)
                    .containsExactly("records");
            assertThat(engine.check(RECORD, with(cname("a"), "ttl", null)).getFailuresList())
                    .extracting(CheckFailure::getProperty)
                    .containsExactly("ttl");
            assertThat(engine.check(RECORD, with(cname("a"), "type", "MX"))
                            .getFailures(0)
                            .getReason())
                    .contains("type MX is not implemented in the sandbox");
        }

        private Map<String, Object> cname(String name) {
            return Map.of(
                    "zoneId",
                    cloud.zoneId,
                    "name",
                    name,
                    "type",
                    "CNAME",
                    "ttl",
                    60,
                    "records",
                    List.of("gw.example.com"));
        }
    }

    @Nested
    class ASecurityGroup {
        @Test
        void livesAndDiesWithItsRules() {
            var group = engine.create(GROUP, group(identifier));
            var rule = engine.create(INGRESS, rule(group, "tcp", 5432));
            var out = engine.create(EGRESS, rule(group, "tcp", 443));
            for (var state : List.of(group, rule, out)) {
                assertThat(engine.diff(state, state.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
                assertThat(engine.refresh(state).orElseThrow().inputs()).isEqualTo(state.inputs());
                assertThat(engine.importById(state.type(), state.id())
                                .orElseThrow()
                                .id())
                        .isEqualTo(state.id());
            }
            assertThat(engine.refresh(group).orElseThrow().plain().blocks("ingress"))
                    .hasSize(1);
            var opened = engine.update(rule, with(rule.inputs(), "toPort", 5433));
            assertThat(engine.refresh(opened).orElseThrow().plain().number("toPort"))
                    .contains(5433);
            for (var state : List.of(opened, out, group)) {
                engine.delete(state);
                assertThat(engine.refresh(state)).isEmpty();
                engine.delete(state);
            }
        }

        @Test
        void ofTheSameNameHasToGoBeforeItsReplacementComes() {
            var created = engine.create(GROUP, group(identifier));
            var diff = engine.diff(created, with(created.inputs(), "description", "another"));
            assertThat(diff.getReplacesList()).containsExactly("description");
            assertThat(diff.getDeleteBeforeReplace()).isTrue();
        }

        @Test
        void withoutANameGetsOneFromTheProgramAndKeepsIt() {
            var first = Structs.decode(engine.check(GROUP, Map.of()).getInputs());
            assertThat((String) first.get("name")).matches("db-[0-9a-f]{7}");
            var again = engine.raw()
                    .check(CheckRequest.newBuilder()
                            .setUrn(TestEngine.urn(GROUP))
                            .setOlds(Structs.encode(first))
                            .build());
            assertThat(Structs.decode(again.getInputs())).containsEntry("name", first.get("name"));
        }

        @Test
        void takesNoRulesInside() {
            var inline = Map.of("protocol", "tcp", "fromPort", 1, "toPort", 2);
            assertThat(engine.check(GROUP, with(group("a"), "ingress", List.of(inline)))
                            .getFailures(0)
                            .getReason())
                    .contains("property \"ingress\" is not implemented in the sandbox");
        }

        @Test
        void changesItsTagsInPlace() {
            var created = engine.create(GROUP, with(group(identifier), "tags", Map.of("a", "1", "b", "2")));
            var updated = engine.update(created, with(created.inputs(), "tags", Map.of("b", "3")));
            assertThat(engine.refresh(updated).orElseThrow().plain().textMap("tags"))
                    .isEqualTo(Map.of("b", "3"));
        }

        @Test
        void aRuleNeedsExactlyOneEnd() {
            assertThat(engine.check(INGRESS, Map.of("securityGroupId", "sg-1", "ipProtocol", "-1"))
                            .getFailures(0)
                            .getReason())
                    .startsWith("Exactly one of these attributes must be configured");
        }

        private Map<String, Object> group(String name) {
            return Map.of("name", name, "vpcId", cloud.networkId);
        }

        private Map<String, Object> rule(State group, String protocol, int port) {
            return Map.of(
                    "securityGroupId",
                    group.id(),
                    "cidrIpv4",
                    "10.0.0.0/16",
                    "ipProtocol",
                    protocol,
                    "fromPort",
                    port,
                    "toPort",
                    port,
                    "description",
                    "a rule");
        }
    }

    @Nested
    class LookingUp {
        @Test
        void findsTheNewestSnapshotWithATag() {
            var found = engine.invoke(
                    "aws:rds/getSnapshot:getSnapshot",
                    Map.of(
                            "dbInstanceIdentifier",
                            "shop-orders",
                            "mostRecent",
                            true,
                            "tags",
                            Map.of("ephemera:masked", "true")));
            assertThat(found)
                    .containsEntry("id", "orders-2")
                    .containsEntry("engine", "postgres")
                    .containsEntry("encrypted", true)
                    .containsEntry("status", "available");
            assertThatThrownBy(() -> engine.invoke(
                            "aws:rds/getSnapshot:getSnapshot",
                            Map.of("mostRecent", true, "tags", Map.of("ephemera:masked", "no"))))
                    .hasMessageContaining("Your query returned no results");
            assertThatThrownBy(() -> engine.invoke(
                            "aws:rds/getSnapshot:getSnapshot", Map.of("dbInstanceIdentifier", "shop-orders")))
                    .hasMessageContaining("Your query returned more than one result");
        }

        @Test
        void findsNetworksAndZonesAndCallers() {
            assertThat(engine.invoke("aws:rds/getSubnetGroup:getSubnetGroup", Map.of("name", "private")))
                    .containsEntry("vpcId", cloud.networkId)
                    .extractingByKey("subnetIds")
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .hasSize(2);
            assertThat(engine.invoke("aws:ec2/getVpc:getVpc", Map.of("id", cloud.networkId)))
                    .containsEntry("cidrBlock", "10.0.0.0/16")
                    .containsEntry("default", false);
            assertThat(engine.invoke(
                            "aws:ec2/getSubnet:getSubnet",
                            Map.of("vpcId", cloud.networkId, "cidrBlock", "10.0.1.0/24")))
                    .containsEntry("vpcId", cloud.networkId)
                    .containsEntry("availabilityZone", cloud.region + "a")
                    .containsEntry("cidrBlock", "10.0.1.0/24");
            assertThat(engine.invoke("aws:ec2/getVpc:getVpc", Map.of("default", true)))
                    .containsEntry("default", true);
            assertThat(engine.invoke("aws:route53/getZone:getZone", Map.of("zoneId", cloud.zoneId)))
                    .containsEntry("name", "preview.example.com")
                    .containsEntry("id", cloud.zoneId);
            assertThat(engine.invoke("aws:index/getCallerIdentity:getCallerIdentity", Map.of()))
                    .containsEntry("accountId", "123456789012");
        }

        @Test
        void saysThatNothingFits() {
            assertThatThrownBy(
                            () -> engine.invoke("aws:route53/getZone:getZone", Map.of("name", "nowhere.example.com")))
                    .hasMessageContaining("no matching Route 53 Hosted Zone found");
            assertThatThrownBy(() -> engine.invoke("aws:ec2/getVpc:getVpc", Map.of("cidrBlock", "192.168.0.0/24")))
                    .hasMessageContaining("no matching EC2 VPC found");
            assertThatThrownBy(() -> engine.invoke("aws:ec2/getSubnet:getSubnet", Map.of("cidrBlock", "10.9.0.0/24")))
                    .hasMessageContaining("no matching EC2 Subnet found");
            assertThatThrownBy(() -> engine.invoke("aws:ec2/getSubnet:getSubnet", Map.of("vpcId", cloud.networkId)))
                    .hasMessageContaining("multiple EC2 Subnets matched");
            assertThatThrownBy(() -> engine.invoke("aws:rds/getSubnetGroup:getSubnetGroup", Map.of("name", "none")))
                    .hasMessageContaining("reading RDS DB Subnet Group (none)");
        }
    }

    @Nested
    class Configuring {
        @Test
        void refusesAnotherAccountThanTheAllowedOne() {
            for (var settings : List.of(
                    Map.<String, Object>of("region", cloud.region, "allowedAccountIds", "[\"999999999999\"]"),
                    Map.<String, Object>of("region", cloud.region, "forbiddenAccountIds", "[\"123456789012\"]"))) {
                try (var other = new TestEngine(cloud.provider.port())) {
                    assertThatThrownBy(() -> other.configure(settings))
                            .hasMessageContaining("AWS account ID not allowed: 123456789012");
                }
            }
            try (var other = new TestEngine(cloud.provider.port())) {
                other.configure(Map.of("region", cloud.region, "allowedAccountIds", "[\"123456789012\"]"));
            }
        }

        @Test
        void checksTheCredentialsUnlessToldNotToLook() {
            try (var other = new TestEngine(cloud.provider.port())) {
                cloud.forwarder.takeCalls();
                other.configure(Map.of("region", cloud.region));
                assertThat(cloud.forwarder.takeCalls())
                        .extracting(RecordedCall::action)
                        .containsExactly("GetCallerIdentity");
                other.configure(Map.of(
                        "region",
                        cloud.region,
                        "skipCredentialsValidation",
                        "true",
                        "skipRequestingAccountId",
                        "true"));
                assertThat(cloud.forwarder.takeCalls()).isEmpty();
            }
        }

        @Test
        void putsDefaultTagsOnEverythingOfItsOwnConnectionOnly() {
            try (var other = new TestEngine(cloud.provider.port())) {
                other.configure(Map.of(
                        "region", cloud.region, "defaultTags", "{\"tags\": {\"team\": \"shop\", \"a\": \"default\"}}"));
                var theirs = other.create(INSTANCE, with(database(identifier), "tags", Map.of("a", "own")));
                assertThat(theirs.plain().textMap("tagsAll")).isEqualTo(Map.of("a", "own", "team", "shop"));
                assertThat(other.diff(theirs, Map.copyOf(with(database(identifier), "tags", Map.of("a", "own"))))
                                .getChanges())
                        .isEqualTo(DiffChanges.DIFF_NONE);
            }
            var ours = engine.create(INSTANCE, with(database(identifier + "-b"), "tags", Map.of("a", "own")));
            assertThat(ours.plain().textMap("tagsAll")).isEqualTo(Map.of("a", "own"));
        }

        @Test
        void worksInTheRegionOfItsOwnConnection() {
            try (var other = new TestEngine(cloud.provider.port())) {
                other.configure(Map.of("region", "ap-southeast-2"));
                assertThatThrownBy(() -> other.create(INSTANCE, database(identifier)))
                        .hasMessageContaining("DBSnapshotNotFound");
            }
            engine.create(INSTANCE, database(identifier));
        }

        @Test
        void needsARegionAndRefusesSettingsItDoesNotServe() {
            var checked = engine.raw()
                    .checkConfig(CheckRequest.newBuilder()
                            .setNews(Structs.encode(Map.of("assumeRole", "{}", "version", "6.83.0")))
                            .build());
            assertThat(checked.getFailuresList())
                    .extracting(CheckFailure::getProperty)
                    .containsExactly("assumeRole", "region");
        }

        @Test
        void aProviderOfAnotherRegionReplacesWhatItMakes() {
            var diff = engine.raw()
                    .diffConfig(DiffRequest.newBuilder()
                            .setOldInputs(Structs.encode(Map.of("region", "eu-west-1", "skipRegionValidation", "true")))
                            .setNews(Structs.encode(Map.of("region", "eu-west-2", "skipRegionValidation", "false")))
                            .build());
            assertThat(diff.getReplacesList()).containsExactly("region");
            assertThat(diff.getDiffsList()).containsExactly("region", "skipRegionValidation");
        }

        @Test
        void doesNothingBeforeItIsConfigured() {
            try (var other = new TestEngine(cloud.provider.port())) {
                assertThatThrownBy(() -> other.create(INSTANCE, database(identifier)))
                        .hasMessageContaining("has no configuration");
            }
        }

        @Test
        void describesWhatItServes() {
            var schema = engine.raw()
                    .getSchema(GetSchemaRequest.getDefaultInstance())
                    .getSchema();
            assertThat(schema)
                    .contains("\"name\":\"aws\"", "\"version\":\"6.83.0\"", INSTANCE, "aws:ec2/getVpc:getVpc");
        }

        @Test
        void neverStartsAgainstTheRealAws() {
            assertThatThrownBy(() -> AwsProvider.start(0, Path.of("none"), Map.of()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("AWS_ENDPOINT_URL is not set");
        }

        @Test
        void saysThatItsPortIsTaken() {
            assertThatThrownBy(() -> AwsProvider.start(
                            cloud.provider.port(), Path.of("none"), cloud.environment(cloud.forwarder.endpoint())))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + cloud.provider.port());
        }
    }

    private static Map<String, Object> database(String identifier) {
        return Map.of(
                "identifier",
                identifier,
                "snapshotIdentifier",
                "orders-1",
                "storageEncrypted",
                true,
                "instanceClass",
                "db.t4g.micro",
                "skipFinalSnapshot",
                true);
    }

    private static DBInstance describe(String identifier) {
        return cloud.aws
                .rds()
                .describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .get(0);
    }

    private static boolean exists(String identifier) {
        return cloud.aws.rds().describeDBInstances().dbInstances().stream()
                .anyMatch(instance -> instance.dbInstanceIdentifier().equals(identifier));
    }

    private static StatusRuntimeException failure(CompletableFuture<?> operation) {
        var failure = catchThrowableOfType(CompletionException.class, operation::join);
        return (StatusRuntimeException) failure.getCause();
    }
}
