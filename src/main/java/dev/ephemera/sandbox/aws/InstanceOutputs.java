package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Values.putIfPresent;

import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Endpoint;

/** An instance as AWS describes it, under the SDK's property names. */
final class InstanceOutputs {
    /** AWS does not tell these: they stay what the program said. */
    private static final List<String> ONLY_THE_PROGRAM_KNOWS = List.of(
            "allowMajorVersionUpgrade",
            "applyImmediately",
            "deleteAutomatedBackups",
            "domainAuthSecretArn",
            "domainDnsIps",
            "domainOu",
            "finalSnapshotIdentifier",
            "identifierPrefix",
            "manageMasterUserPassword",
            "password",
            "skipFinalSnapshot",
            "snapshotIdentifier");

    private final Map<String, Object> outputs = new LinkedHashMap<>();

    private InstanceOutputs() {}

    /** @param known what the program said, or the last outputs; empty for an import */
    static Properties of(DBInstance instance, Properties known) {
        var self = new InstanceOutputs();
        ONLY_THE_PROGRAM_KNOWS.forEach(name -> self.put(name, known.get(name)));
        self.identity(instance);
        self.engine(instance, known);
        self.storage(instance);
        self.network(instance);
        self.upkeep(instance);
        self.observation(instance);
        return Properties.of(self.outputs);
    }

    private void identity(DBInstance instance) {
        put("arn", instance.dbInstanceArn());
        put("identifier", instance.dbInstanceIdentifier());
        put("instanceClass", instance.dbInstanceClass());
        put("resourceId", instance.dbiResourceId());
        put("status", instance.dbInstanceStatus());
        put("replicas", instance.readReplicaDBInstanceIdentifiers());
        put("username", instance.masterUsername());
        var tags = InstanceTags.from(instance.tagList());
        put("tags", tags.isEmpty() ? null : tags);
        put("tagsAll", tags);
        if (instance.masterUserSecret() != null) {
            var secret = new LinkedHashMap<String, Object>();
            putIfPresent(secret, "kmsKeyId", instance.masterUserSecret().kmsKeyId());
            putIfPresent(secret, "secretArn", instance.masterUserSecret().secretArn());
            putIfPresent(secret, "secretStatus", instance.masterUserSecret().secretStatus());
            put("masterUserSecrets", List.of(secret));
            put("masterUserSecretKmsKeyId", instance.masterUserSecret().kmsKeyId());
        }
    }

    private void engine(DBInstance instance, Properties known) {
        put("engine", instance.engine());
        put("engineVersionActual", instance.engineVersion());
        put("engineVersion", asConfigured(known.text("engineVersion").orElse(""), instance.engineVersion()));
        put("engineLifecycleSupport", instance.engineLifecycleSupport());
        put("dbName", instance.dbName());
        put("characterSetName", instance.characterSetName());
        put("ncharCharacterSetName", instance.ncharCharacterSetName());
        put("timezone", instance.timezone());
        put("licenseModel", instance.licenseModel());
        put("iamDatabaseAuthenticationEnabled", isTrue(instance.iamDatabaseAuthenticationEnabled()));
        put("customIamInstanceProfile", instance.customIamInstanceProfile());
    }

    private void storage(DBInstance instance) {
        put("allocatedStorage", instance.allocatedStorage());
        put("maxAllocatedStorage", instance.maxAllocatedStorage());
        put("iops", instance.iops());
        put("storageType", instance.storageType());
        put("storageThroughput", instance.storageThroughput());
        put("storageEncrypted", isTrue(instance.storageEncrypted()));
        put("kmsKeyId", instance.kmsKeyId());
        put("dedicatedLogVolume", isTrue(instance.dedicatedLogVolume()));
    }

    private void network(DBInstance instance) {
        put("availabilityZone", instance.availabilityZone());
        put("multiAz", isTrue(instance.multiAZ()));
        put("publiclyAccessible", isTrue(instance.publiclyAccessible()));
        put("customerOwnedIpEnabled", isTrue(instance.customerOwnedIpEnabled()));
        put("networkType", instance.networkType());
        put("port", instance.dbInstancePort());
        if (instance.dbSubnetGroup() != null) {
            put("dbSubnetGroupName", instance.dbSubnetGroup().dbSubnetGroupName());
        }
        put(
                "vpcSecurityGroupIds",
                instance.vpcSecurityGroups().stream()
                        .map(group -> group.vpcSecurityGroupId())
                        .sorted()
                        .toList());
        if (instance.endpoint() != null) {
            endpoint(instance.endpoint());
        }
        if (instance.listenerEndpoint() != null) {
            var listener = new LinkedHashMap<String, Object>();
            putIfPresent(listener, "address", instance.listenerEndpoint().address());
            putIfPresent(listener, "hostedZoneId", instance.listenerEndpoint().hostedZoneId());
            putIfPresent(listener, "port", instance.listenerEndpoint().port());
            put("listenerEndpoints", List.of(listener));
        }
        instance.domainMemberships().stream().findFirst().ifPresent(domain -> {
            put("domain", domain.domain());
            put("domainFqdn", domain.fqdn());
            put("domainIamRoleName", domain.iamRoleName());
        });
    }

    private void endpoint(Endpoint endpoint) {
        put("address", endpoint.address());
        put("hostedZoneId", endpoint.hostedZoneId());
        put("port", endpoint.port());
        if (endpoint.address() != null && endpoint.port() != null) {
            put("endpoint", endpoint.address() + ":" + endpoint.port());
        }
    }

    private void upkeep(DBInstance instance) {
        put("autoMinorVersionUpgrade", isTrue(instance.autoMinorVersionUpgrade()));
        put("backupRetentionPeriod", instance.backupRetentionPeriod());
        put("backupTarget", instance.backupTarget());
        put("backupWindow", instance.preferredBackupWindow());
        put("maintenanceWindow", instance.preferredMaintenanceWindow());
        put("caCertIdentifier", instance.caCertificateIdentifier());
        put("copyTagsToSnapshot", isTrue(instance.copyTagsToSnapshot()));
        put("deletionProtection", isTrue(instance.deletionProtection()));
        instance.optionGroupMemberships().stream()
                .findFirst()
                .ifPresent(group -> put("optionGroupName", group.optionGroupName()));
        instance.dbParameterGroups().stream()
                .findFirst()
                .ifPresent(group -> put("parameterGroupName", group.dbParameterGroupName()));
        if (instance.latestRestorableTime() != null) {
            put(
                    "latestRestorableTime",
                    DateTimeFormatter.ISO_INSTANT.format(
                            instance.latestRestorableTime().truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    private void observation(DBInstance instance) {
        put("monitoringInterval", Objects.requireNonNullElse(instance.monitoringInterval(), 0));
        put("monitoringRoleArn", instance.monitoringRoleArn());
        put("databaseInsightsMode", instance.databaseInsightsModeAsString());
        put("performanceInsightsEnabled", isTrue(instance.performanceInsightsEnabled()));
        put("performanceInsightsKmsKeyId", instance.performanceInsightsKMSKeyId());
        put("performanceInsightsRetentionPeriod", instance.performanceInsightsRetentionPeriod());
        put("enabledCloudwatchLogsExports", instance.enabledCloudwatchLogsExports());
    }

    /** A program that says "16" means any 16.x: what it said stays as long as it is the beginning of what runs. */
    private static @Nullable String asConfigured(String configured, @Nullable String actual) {
        return !configured.isEmpty() && actual != null && actual.startsWith(configured) ? configured : actual;
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private void put(String name, @Nullable Object value) {
        putIfPresent(outputs, name, value);
    }
}
