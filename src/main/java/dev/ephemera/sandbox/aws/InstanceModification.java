package dev.ephemera.sandbox.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/** What an update in place sends: what changed, and deletion protection always. */
final class InstanceModification {
    /** The provider uses these itself, or changes them by other calls. */
    private static final Set<String> NO_MODIFICATION = Set.of(
            "allowMajorVersionUpgrade",
            "deleteAutomatedBackups",
            "finalSnapshotIdentifier",
            "skipFinalSnapshot",
            "tags");

    private static final int GP3_THRESHOLD = 400;

    private final Plan plan;
    private final Properties wanted;

    InstanceModification(Plan plan) {
        this.plan = plan;
        this.wanted = plan.wanted();
    }

    boolean isNeeded() {
        return plan.changesOtherThan(NO_MODIFICATION);
    }

    ModifyDbInstanceRequest request() {
        var identifier = plan.olds().text("identifier").orElseGet(() -> wanted.requiredText("identifier"));
        var request = ModifyDbInstanceRequest.builder()
                .applyImmediately(wanted.flag("applyImmediately"))
                .dbInstanceIdentifier(identifier)
                .deletionProtection(wanted.flag("deletionProtection"));
        if (plan.changes("identifier")) {
            request.newDBInstanceIdentifier(wanted.requiredText("identifier"));
        }
        storage(request);
        access(request);
        network(request);
        upkeep(request);
        observation(request);
        return request.build();
    }

    private void storage(ModifyDbInstanceRequest.Builder request) {
        var allocated = number("allocatedStorage");
        var iops = number("iops");
        if (plan.changes("allocatedStorage", "iops")) {
            request.allocatedStorage(allocated);
            if (plan.changes("iops") || !isSmallGp3(allocated)) {
                request.iops(iops);
            }
        }
        if (plan.changes("maxAllocatedStorage")) {
            // AWS switches autoscaling off when the most equals what there is.
            request.maxAllocatedStorage(wanted.number("maxAllocatedStorage").orElse(allocated));
        }
        if (plan.changes("storageThroughput")) {
            request.storageThroughput(number("storageThroughput")).iops(iops).allocatedStorage(allocated);
        }
        if (plan.changes("storageType")) {
            var type = text("storageType");
            request.storageType(type);
            if (type.startsWith("io") || type.equals("gp3") && !isSmallGp3(allocated)) {
                request.iops(iops).allocatedStorage(allocated);
            }
        }
        if (plan.changes("dedicatedLogVolume")) {
            request.dedicatedLogVolume(wanted.flag("dedicatedLogVolume"));
        }
    }

    private void access(ModifyDbInstanceRequest.Builder request) {
        if (plan.changes("password") && wanted.text("password").isPresent()) {
            request.masterUserPassword(text("password"));
        }
        if (plan.changes("manageMasterUserPassword")) {
            request.manageMasterUserPassword(wanted.flag("manageMasterUserPassword"));
        }
        if (plan.changes("masterUserSecretKmsKeyId")) {
            request.masterUserSecretKmsKeyId(text("masterUserSecretKmsKeyId"));
        }
        if (plan.changes("iamDatabaseAuthenticationEnabled")) {
            request.enableIAMDatabaseAuthentication(wanted.flag("iamDatabaseAuthenticationEnabled"));
        }
        if (plan.changes("domain", "domainIamRoleName")) {
            request.domain(text("domain")).domainIAMRoleName(text("domainIamRoleName"));
        }
        if (plan.changes("domainAuthSecretArn", "domainDnsIps", "domainFqdn", "domainOu")) {
            request.domainAuthSecretArn(text("domainAuthSecretArn"))
                    .domainDnsIps(wanted.texts("domainDnsIps"))
                    .domainFqdn(text("domainFqdn"))
                    .domainOu(text("domainOu"));
        }
    }

    private void network(ModifyDbInstanceRequest.Builder request) {
        if (plan.changes("dbSubnetGroupName")) {
            request.dbSubnetGroupName(text("dbSubnetGroupName"));
        }
        if (plan.changes("networkType")) {
            request.networkType(text("networkType"));
        }
        if (plan.changes("port")) {
            request.dbPortNumber(number("port"));
        }
        if (plan.changes("publiclyAccessible")) {
            request.publiclyAccessible(wanted.flag("publiclyAccessible"));
        }
        if (plan.changes("multiAz")) {
            request.multiAZ(wanted.flag("multiAz"));
        }
        if (plan.changes("customerOwnedIpEnabled")) {
            request.enableCustomerOwnedIp(wanted.flag("customerOwnedIpEnabled"));
        }
        if (plan.changes("vpcSecurityGroupIds")
                && !wanted.texts("vpcSecurityGroupIds").isEmpty()) {
            request.vpcSecurityGroupIds(wanted.texts("vpcSecurityGroupIds"));
        }
    }

    private void upkeep(ModifyDbInstanceRequest.Builder request) {
        if (plan.changes("instanceClass")) {
            request.dbInstanceClass(text("instanceClass"));
        }
        if (plan.changes("engineVersion")) {
            request.engineVersion(text("engineVersion"))
                    .allowMajorVersionUpgrade(wanted.flag("allowMajorVersionUpgrade"));
        }
        if (plan.changes("autoMinorVersionUpgrade")) {
            request.autoMinorVersionUpgrade(wanted.flag("autoMinorVersionUpgrade"));
        }
        if (plan.changes("backupRetentionPeriod")) {
            request.backupRetentionPeriod(number("backupRetentionPeriod"));
        }
        if (plan.changes("backupWindow")) {
            request.preferredBackupWindow(text("backupWindow"));
        }
        if (plan.changes("maintenanceWindow")) {
            request.preferredMaintenanceWindow(text("maintenanceWindow"));
        }
        if (plan.changes("copyTagsToSnapshot")) {
            request.copyTagsToSnapshot(wanted.flag("copyTagsToSnapshot"));
        }
        if (plan.changes("caCertIdentifier")) {
            request.caCertificateIdentifier(text("caCertIdentifier"));
        }
        if (plan.changes("licenseModel")) {
            request.licenseModel(text("licenseModel"));
        }
        if (plan.changes("optionGroupName")) {
            request.optionGroupName(text("optionGroupName"));
        }
        if (plan.changes("parameterGroupName")) {
            request.dbParameterGroupName(text("parameterGroupName"));
        }
    }

    private void observation(ModifyDbInstanceRequest.Builder request) {
        if (plan.changes("monitoringInterval")) {
            request.monitoringInterval(number("monitoringInterval"));
        }
        if (plan.changes("monitoringRoleArn")) {
            request.monitoringRoleArn(text("monitoringRoleArn"));
        }
        if (plan.changes("databaseInsightsMode")) {
            request.databaseInsightsMode(text("databaseInsightsMode"));
        }
        if (plan.changes(
                "databaseInsightsMode",
                "performanceInsightsEnabled",
                "performanceInsightsKmsKeyId",
                "performanceInsightsRetentionPeriod")) {
            request.enablePerformanceInsights(wanted.flag("performanceInsightsEnabled"));
            wanted.text("performanceInsightsKmsKeyId").ifPresent(request::performanceInsightsKMSKeyId);
            wanted.number("performanceInsightsRetentionPeriod").ifPresent(request::performanceInsightsRetentionPeriod);
        }
        if (plan.changes("enabledCloudwatchLogsExports")) {
            var before = plan.olds().texts("enabledCloudwatchLogsExports");
            var after = wanted.texts("enabledCloudwatchLogsExports");
            request.cloudwatchLogsExportConfiguration(CloudwatchLogsExportConfiguration.builder()
                    .enableLogTypes(without(after, before))
                    .disableLogTypes(without(before, after))
                    .build());
        }
    }

    /** Below it gp3 has a fixed rate and RDS refuses to be told one. */
    private boolean isSmallGp3(int allocated) {
        return text("storageType").equals("gp3") && allocated < GP3_THRESHOLD;
    }

    private String text(String name) {
        return wanted.text(name).orElse("");
    }

    private int number(String name) {
        return wanted.number(name).orElse(0);
    }

    private static List<String> without(List<String> all, List<String> others) {
        var rest = new ArrayList<>(all);
        rest.removeAll(others);
        return rest;
    }
}
