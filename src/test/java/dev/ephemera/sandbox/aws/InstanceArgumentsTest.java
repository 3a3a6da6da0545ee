package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.TestEngine.INSTANCE;
import static dev.ephemera.sandbox.aws.TestEngine.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.sandbox.aws.TestEngine.State;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/** What each argument of an instance does when it is restored, and when it is changed later. */
@Tag("moto")
class InstanceArgumentsTest {
    private static final String RESTORE = "RestoreDBInstanceFromDBSnapshot";
    private static final String MODIFY = "ModifyDBInstance";
    private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";

    private static TestCloud cloud;
    private static TestEngine engine;
    private static State living;
    private static int count;

    @BeforeAll
    static void start() {
        cloud = new TestCloud();
        engine = cloud.engine();
        living = engine.create(INSTANCE, with(database("living"), "storageEncrypted", true));
    }

    @AfterAll
    static void stop() {
        engine.close();
        cloud.close();
    }

    static Stream<Arguments> sentInTheRestoreCall() {
        return Stream.of(
                restored("instanceClass", "db.t4g.small", "DBInstanceClass", "db.t4g.small"),
                restored("tags", Map.of("team", "shop"), "Tags.Tag.1.Value", "shop"),
                restored("autoMinorVersionUpgrade", false, "AutoMinorVersionUpgrade", "false"),
                restored("copyTagsToSnapshot", true, "CopyTagsToSnapshot", "true"),
                restored("deletionProtection", true, "DeletionProtection", "true"),
                restored("publiclyAccessible", true, "PubliclyAccessible", "true"),
                restored("dbSubnetGroupName", "private", "DBSubnetGroupName", "private"),
                restored("vpcSecurityGroupIds", List.of("sg-1"), "VpcSecurityGroupIds.VpcSecurityGroupId.1", "sg-1"),
                restored("parameterGroupName", "tuned", "DBParameterGroupName", "tuned"),
                restored("optionGroupName", "options", "OptionGroupName", "options"),
                restored("port", 5433, "Port", "5433"),
                restored("multiAz", true, "MultiAZ", "true"),
                restored("networkType", "DUAL", "NetworkType", "DUAL"),
                restored("licenseModel", "license-included", "LicenseModel", "license-included"),
                restored("availabilityZone", "eu-west-1b", "AvailabilityZone", "eu-west-1b"),
                restored("iamDatabaseAuthenticationEnabled", true, "EnableIAMDatabaseAuthentication", "true"),
                restored(
                        "enabledCloudwatchLogsExports",
                        List.of("postgresql"),
                        "EnableCloudwatchLogsExports.member.1",
                        "postgresql"),
                restored("domain", "d-1", "Domain", "d-1"),
                restored("engine", "Postgres", "Engine", "postgres"),
                restored("dbName", "orders", "DBName", "orders"),
                restored("snapshotIdentifier", "orders-2", "DBSnapshotIdentifier", "orders-2"));
    }

    @ParameterizedTest(name = "{0} is sent in the restore call")
    @MethodSource
    void sentInTheRestoreCall(String argument, Object value, String parameter, String sent) {
        var calls = callsOfCreation(with(database(fresh()), argument, value));
        assertThat(parameters(calls, RESTORE)).containsEntry(parameter, sent);
        assertThat(calls).noneMatch(call -> call.action().equals(MODIFY));
    }

    static Stream<Arguments> modifiedAfterTheRestore() {
        return Stream.of(
                restored("engineVersion", "16.4", "EngineVersion", "16.4"),
                restored("password", "correct-horse", "MasterUserPassword", "correct-horse"),
                restored("manageMasterUserPassword", true, "ManageMasterUserPassword", "true"),
                restored("masterUserSecretKmsKeyId", "key-1", "MasterUserSecretKmsKeyId", "key-1"),
                restored("allocatedStorage", 30, "AllocatedStorage", "30"),
                restored("storageType", "gp3", "StorageType", "gp3"),
                restored("iops", 3000, "Iops", "3000"),
                restored("storageThroughput", 125, "StorageThroughput", "125"),
                restored("maxAllocatedStorage", 100, "MaxAllocatedStorage", "100"),
                restored("backupRetentionPeriod", 0, "BackupRetentionPeriod", "0"),
                restored("backupRetentionPeriod", 7, "BackupRetentionPeriod", "7"),
                restored("backupWindow", "03:00-04:00", "PreferredBackupWindow", "03:00-04:00"),
                restored(
                        "maintenanceWindow",
                        "sun:05:00-sun:06:00",
                        "PreferredMaintenanceWindow",
                        "sun:05:00-sun:06:00"),
                restored("performanceInsightsEnabled", true, "EnablePerformanceInsights", "true"),
                restored("monitoringInterval", 60, "MonitoringInterval", "60"),
                restored("monitoringRoleArn", "arn:aws:iam::1:role/m", "MonitoringRoleArn", "arn:aws:iam::1:role/m"));
    }

    @ParameterizedTest(
            name = "{0} = {1} is not sent in the restore call but modified at once when the instance is there")
    @MethodSource
    void modifiedAfterTheRestore(String argument, Object value, String parameter, String sent) {
        var calls = callsOfCreation(with(database(fresh()), argument, value));
        assertThat(parameters(calls, RESTORE)).doesNotContainKey(parameter);
        assertThat(parameters(calls, MODIFY)).containsEntry(parameter, sent).containsEntry("ApplyImmediately", "true");
    }

    static Stream<Arguments> ignoredAtRestore() {
        return Stream.of(
                Arguments.of("username", "somebody"),
                Arguments.of("kmsKeyId", KEY),
                Arguments.of("storageEncrypted", false),
                Arguments.of("caCertIdentifier", "rds-ca-rsa2048-g1"),
                Arguments.of("databaseInsightsMode", "advanced"),
                Arguments.of("characterSetName", "UTF8"),
                Arguments.of("timezone", "UTC"),
                Arguments.of("allowMajorVersionUpgrade", true),
                Arguments.of("applyImmediately", true),
                Arguments.of("skipFinalSnapshot", false),
                Arguments.of("finalSnapshotIdentifier", "last"),
                Arguments.of("deleteAutomatedBackups", false),
                Arguments.of("monitoringInterval", 0));
    }

    @ParameterizedTest(name = "{0} changes no call of a restore")
    @MethodSource
    void ignoredAtRestore(String argument, Object value) {
        var usual = callsOfCreation(database(fresh()));
        var calls = callsOfCreation(with(database(fresh()), argument, value));
        assertThat(calls).hasSameSizeAs(usual);
        assertThat(withoutIdentifier(parameters(calls, RESTORE)))
                .isEqualTo(withoutIdentifier(parameters(usual, RESTORE)));
    }

    @Test
    void theDatabasesNameIsDroppedWhereTheEngineIsKnownToKeepIt() {
        var calls = callsOfCreation(with(database(fresh()), "engine", "postgres", "dbName", "orders"));
        assertThat(parameters(calls, RESTORE)).doesNotContainKey("DBName");
    }

    @Test
    void theEngineIsNotSentWhereItIsNotSet() {
        assertThat(parameters(callsOfCreation(database(fresh())), RESTORE)).doesNotContainKey("Engine");
    }

    @Test
    void sqlServerGetsItsSecondZoneAfterTheRestore() {
        // moto refuses to restore one engine as another, so only the restore call can be seen.
        var calls = callsOfCreation(with(database(fresh()), "engine", "sqlserver-se", "multiAz", true));
        assertThat(parameters(calls, RESTORE)).doesNotContainKey("MultiAZ");
        assertThat(new InstanceRestore(Properties.of(Map.of("engine", "sqlserver-se", "multiAz", true)))
                        .modification("db")
                        .multiAZ())
                .isTrue();
    }

    @Test
    void anIdentifierIsMadeFromItsPrefix() {
        var calls = callsOfCreation(with(database(""), "identifier", null, "identifierPrefix", "shop-"));
        assertThat(parameters(calls, RESTORE).get("DBInstanceIdentifier")).matches("shop-[0-9a-f]{26}");
    }

    static Stream<Arguments> replaces() {
        return Stream.of(
                Arguments.of("snapshotIdentifier", "orders-2"),
                Arguments.of("availabilityZone", "eu-west-9z"),
                Arguments.of("engine", "mysql"),
                Arguments.of("dbName", "other"),
                Arguments.of("username", "other"),
                Arguments.of("kmsKeyId", KEY),
                Arguments.of("storageEncrypted", null),
                Arguments.of("storageEncrypted", false),
                Arguments.of("characterSetName", "UTF8"),
                Arguments.of("timezone", "UTC"),
                Arguments.of("identifierPrefix", "shop-"));
    }

    @ParameterizedTest(name = "{0} = {1} replaces the instance")
    @MethodSource
    void replaces(String argument, Object value) {
        var inputs = argument.equals("identifierPrefix") ? with(living.inputs(), "identifier", null) : living.inputs();
        var diff = engine.diff(living, with(inputs, argument, value));
        assertThat(diff.getReplacesList()).containsExactly(argument);
        assertThat(diff.getDetailedDiffMap()).containsOnlyKeys(argument);
        assertThat(diff.getDetailedDiffOrThrow(argument).getKind().name()).endsWith("_REPLACE");
    }

    static Stream<Arguments> changesInPlace() {
        return Stream.of(
                restored("instanceClass", "db.t4g.medium", "DBInstanceClass", "db.t4g.medium"),
                restored("identifier", "renamed", "NewDBInstanceIdentifier", "renamed"),
                restored("autoMinorVersionUpgrade", false, "AutoMinorVersionUpgrade", "false"),
                restored("copyTagsToSnapshot", true, "CopyTagsToSnapshot", "true"),
                restored("deletionProtection", true, "DeletionProtection", "true"),
                restored("publiclyAccessible", true, "PubliclyAccessible", "true"),
                restored("dbSubnetGroupName", "public", "DBSubnetGroupName", "public"),
                restored("vpcSecurityGroupIds", List.of("sg-2"), "VpcSecurityGroupIds.VpcSecurityGroupId.1", "sg-2"),
                restored("parameterGroupName", "tuned", "DBParameterGroupName", "tuned"),
                restored("optionGroupName", "options", "OptionGroupName", "options"),
                restored("port", 5433, "DBPortNumber", "5433"),
                restored("multiAz", true, "MultiAZ", "true"),
                restored("networkType", "DUAL", "NetworkType", "DUAL"),
                restored("licenseModel", "license-included", "LicenseModel", "license-included"),
                restored("iamDatabaseAuthenticationEnabled", true, "EnableIAMDatabaseAuthentication", "true"),
                restored(
                        "enabledCloudwatchLogsExports",
                        List.of("upgrade"),
                        "CloudwatchLogsExportConfiguration.EnableLogTypes.member.1",
                        "upgrade"),
                restored("domain", "d-1", "Domain", "d-1"),
                restored("engineVersion", "17.1", "EngineVersion", "17.1"),
                restored("password", "another-one", "MasterUserPassword", "another-one"),
                restored("manageMasterUserPassword", true, "ManageMasterUserPassword", "true"),
                restored("masterUserSecretKmsKeyId", "key-1", "MasterUserSecretKmsKeyId", "key-1"),
                restored("allocatedStorage", 40, "AllocatedStorage", "40"),
                restored("storageType", "io1", "StorageType", "io1"),
                restored("iops", 4000, "Iops", "4000"),
                restored("storageThroughput", 250, "StorageThroughput", "250"),
                restored("maxAllocatedStorage", 100, "MaxAllocatedStorage", "100"),
                restored("backupRetentionPeriod", 7, "BackupRetentionPeriod", "7"),
                restored("backupWindow", "01:00-02:00", "PreferredBackupWindow", "01:00-02:00"),
                restored(
                        "maintenanceWindow",
                        "mon:05:00-mon:06:00",
                        "PreferredMaintenanceWindow",
                        "mon:05:00-mon:06:00"),
                restored("performanceInsightsEnabled", true, "EnablePerformanceInsights", "true"),
                restored("monitoringInterval", 60, "MonitoringInterval", "60"),
                restored("monitoringRoleArn", "arn:aws:iam::1:role/m", "MonitoringRoleArn", "arn:aws:iam::1:role/m"),
                restored("caCertIdentifier", "rds-ca-rsa2048-g1", "CACertificateIdentifier", "rds-ca-rsa2048-g1"),
                restored("databaseInsightsMode", "advanced", "DatabaseInsightsMode", "advanced"),
                restored("applyImmediately", true, "ApplyImmediately", "true"));
    }

    @ParameterizedTest(name = "{0} is changed in place")
    @MethodSource
    void changesInPlace(String argument, Object value, String parameter, String sent) {
        var inputs = with(living.inputs(), argument, value);
        var diff = engine.diff(living, inputs);
        assertThat(diff.getDetailedDiffMap()).containsOnlyKeys(argument);
        assertThat(diff.getReplacesList()).isEmpty();
        // A fresh instance for each, since moto keeps what it is told; what moto does not know it may refuse.
        var created = engine.create(INSTANCE, with(living.inputs(), "identifier", fresh()));
        cloud.forwarder.takeCalls();
        try {
            engine.update(
                    created, with(created.inputs(), argument, argument.equals("identifier") ? value + fresh() : value));
        } catch (StatusRuntimeException refusedByMoto) {
            assertThat(refusedByMoto).hasMessageContaining("updating RDS DB Instance");
        }
        var modification = parameters(cloud.forwarder.takeCalls(), MODIFY);
        assertThat(modification.get(parameter)).startsWith(sent);
        assertThat(modification)
                .containsEntry("DBInstanceIdentifier", (String) created.inputs().get("identifier"));
        assertThat(modification).containsKey("DeletionProtection");
    }

    static Stream<Arguments> changesNothing() {
        return Stream.of(
                Arguments.of("snapshotIdentifier", null),
                Arguments.of("engine", "POSTGRES"),
                Arguments.of("availabilityZone", null),
                Arguments.of("dbSubnetGroupName", null),
                Arguments.of("engineVersion", null),
                Arguments.of("allocatedStorage", null),
                Arguments.of("backupRetentionPeriod", null),
                Arguments.of("username", null),
                Arguments.of("kmsKeyId", null),
                Arguments.of("password", null),
                Arguments.of("port", 5432),
                Arguments.of("allocatedStorage", "20"));
    }

    @ParameterizedTest(name = "{0} = {1} is no change")
    @MethodSource
    void changesNothing(String argument, Object value) {
        var diff = engine.diff(living, with(living.inputs(), argument, value));
        assertThat(diff.getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    static Stream<Arguments> usedAtDeletionOnly() {
        return Stream.of(
                Arguments.of("skipFinalSnapshot", false),
                Arguments.of("finalSnapshotIdentifier", "last"),
                Arguments.of("deleteAutomatedBackups", false),
                Arguments.of("allowMajorVersionUpgrade", true));
    }

    @ParameterizedTest(name = "{0} is remembered without a call that changes anything")
    @MethodSource
    void usedAtDeletionOnly(String argument, Object value) {
        var inputs = with(living.inputs(), argument, value);
        assertThat(engine.diff(living, inputs).getReplacesList()).isEmpty();
        cloud.forwarder.takeCalls();
        var updated = engine.update(living, inputs);
        assertThat(cloud.forwarder.takeCalls()).extracting(RecordedCall::action).containsExactly("DescribeDBInstances");
        assertThat(updated.plain().get(argument)).isEqualTo(value);
    }

    @Test
    void tagsAreChangedByCallsOfTheirOwn() {
        var created = engine.create(
                INSTANCE, with(database(fresh()), "storageEncrypted", true, "tags", Map.of("a", "1", "b", "2")));
        cloud.forwarder.takeCalls();
        var updated = engine.update(created, with(created.inputs(), "tags", Map.of("b", "3")));
        var calls = cloud.forwarder.takeCalls();
        assertThat(calls)
                .extracting(RecordedCall::action)
                .containsExactly("RemoveTagsFromResource", "AddTagsToResource", "DescribeDBInstances");
        assertThat(parameters(calls, "RemoveTagsFromResource")).containsEntry("TagKeys.member.1", "a");
        assertThat(updated.plain().textMap("tagsAll")).isEqualTo(Map.of("b", "3"));
    }

    @Test
    void anInstanceThatHasGrownByItselfIsNotShrunk() {
        var grown = living.with("allocatedStorage", 50).with("maxAllocatedStorage", 100);
        assertThat(engine.diff(grown, with(grown.inputs(), "allocatedStorage", 20))
                        .getChanges())
                .isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void aMajorVersionStandsForEachOfItsMinorOnes() {
        var created = engine.create(INSTANCE, with(database(fresh()), "storageEncrypted", true, "engineVersion", "16"));
        // moto takes the version as it is told; RDS would run some 16.x.
        assertThat(InstanceOutputs.of(
                                software.amazon.awssdk.services.rds.model.DBInstance.builder()
                                        .engineVersion("16.9")
                                        .build(),
                                created.plain())
                        .text("engineVersion"))
                .contains("16");
    }

    private static Arguments restored(String argument, Object value, String parameter, String sent) {
        return Arguments.of(argument, value, parameter, sent);
    }

    private static Map<String, Object> database(String identifier) {
        return new HashMap<>(Map.of(
                "identifier",
                identifier,
                "snapshotIdentifier",
                "orders-1",
                "instanceClass",
                "db.t4g.micro",
                "skipFinalSnapshot",
                true));
    }

    private static String fresh() {
        return "db" + ++count;
    }

    /** The calls of a creation, even of one that moto refuses: what the provider sent is what counts. */
    private static List<RecordedCall> callsOfCreation(Map<String, Object> inputs) {
        cloud.forwarder.takeCalls();
        try {
            engine.create(INSTANCE, inputs);
        } catch (StatusRuntimeException refusedByMoto) {
            assertThat(refusedByMoto).hasMessageContaining("RDS DB Instance");
        }
        return cloud.forwarder.takeCalls();
    }

    private static Map<String, String> parameters(List<RecordedCall> calls, String action) {
        return calls.stream()
                .filter(call -> call.action().equals(action))
                .map(RecordedCall::parameters)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + action + " among " + calls));
    }

    private static Map<String, String> withoutIdentifier(Map<String, String> parameters) {
        var rest = new TreeMap<>(parameters);
        rest.remove("DBInstanceIdentifier");
        return rest;
    }
}
