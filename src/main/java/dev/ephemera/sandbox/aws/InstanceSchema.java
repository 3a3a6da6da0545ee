package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Property.blocks;
import static dev.ephemera.sandbox.aws.Property.flag;
import static dev.ephemera.sandbox.aws.Property.map;
import static dev.ephemera.sandbox.aws.Property.number;
import static dev.ephemera.sandbox.aws.Property.set;
import static dev.ephemera.sandbox.aws.Property.text;

import java.util.Set;

/** The properties of {@code aws:rds/instance:Instance} in version 6, as com.pulumi:aws 6.83.0 names them. */
final class InstanceSchema {
    /** Other ways to make an instance, and the paths that only they have. */
    private static final Set<String> REFUSED = Set.of(
            "blueGreenUpdate",
            "name",
            "replicaMode",
            "replicateSourceDb",
            "restoreToPointInTime",
            "s3Import",
            "upgradeStorageConfig");

    static final Schema SCHEMA = Schema.of(
            "aws:rds/instance:Instance",
            REFUSED,
            number("allocatedStorage").orComputed(),
            flag("allowMajorVersionUpgrade"),
            flag("applyImmediately").orComputed(),
            flag("autoMinorVersionUpgrade").or(true),
            text("availabilityZone").orComputed().replacing(),
            number("backupRetentionPeriod").orComputed(),
            text("backupTarget").orComputed().replacing(),
            text("backupWindow").orComputed(),
            text("caCertIdentifier").orComputed(),
            text("characterSetName").orComputed().replacing(),
            flag("copyTagsToSnapshot").or(false),
            text("customIamInstanceProfile").replacing(),
            flag("customerOwnedIpEnabled"),
            text("databaseInsightsMode").orComputed(),
            text("dbName").orComputed().replacing(),
            text("dbSubnetGroupName").orComputed(),
            flag("dedicatedLogVolume"),
            flag("deleteAutomatedBackups").or(true),
            flag("deletionProtection"),
            text("domain"),
            text("domainAuthSecretArn"),
            set("domainDnsIps"),
            text("domainFqdn").orComputed(),
            text("domainIamRoleName"),
            text("domainOu"),
            set("enabledCloudwatchLogsExports"),
            text("engine").orComputed().replacing(),
            text("engineLifecycleSupport").orComputed().replacing(),
            text("engineVersion").orComputed(),
            text("finalSnapshotIdentifier"),
            flag("iamDatabaseAuthenticationEnabled"),
            text("identifier").orComputed(),
            text("identifierPrefix").orComputed().replacing(),
            text("instanceClass").mandatory(),
            number("iops").orComputed(),
            text("kmsKeyId").orComputed().replacing(),
            text("licenseModel").orComputed(),
            text("maintenanceWindow").orComputed(),
            flag("manageMasterUserPassword"),
            text("masterUserSecretKmsKeyId").orComputed(),
            number("maxAllocatedStorage"),
            number("monitoringInterval").or(0),
            text("monitoringRoleArn").orComputed(),
            flag("multiAz").orComputed(),
            text("ncharCharacterSetName").orComputed().replacing(),
            text("networkType").orComputed(),
            text("optionGroupName").orComputed(),
            text("parameterGroupName").orComputed(),
            text("password").alwaysSecret(),
            flag("performanceInsightsEnabled").or(false),
            text("performanceInsightsKmsKeyId").orComputed(),
            number("performanceInsightsRetentionPeriod").orComputed(),
            number("port").orComputed(),
            flag("publiclyAccessible").or(false),
            flag("skipFinalSnapshot").or(false),
            text("snapshotIdentifier").orComputed().replacing(),
            flag("storageEncrypted").replacing(),
            number("storageThroughput").orComputed(),
            text("storageType").orComputed(),
            map("tags"),
            text("timezone").orComputed().replacing(),
            text("username").orComputed().replacing(),
            set("vpcSecurityGroupIds").orComputed(),
            text("address").onlyOutput(),
            text("arn").onlyOutput(),
            text("endpoint").onlyOutput(),
            text("engineVersionActual").onlyOutput(),
            text("hostedZoneId").onlyOutput(),
            text("latestRestorableTime").onlyOutput(),
            blocks("listenerEndpoints").onlyOutput(),
            blocks("masterUserSecrets").onlyOutput(),
            set("replicas").onlyOutput(),
            text("resourceId").onlyOutput(),
            text("status").onlyOutput(),
            map("tagsAll").onlyOutput());

    private InstanceSchema() {}
}
