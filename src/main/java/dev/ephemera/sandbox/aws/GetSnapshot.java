package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;

/** {@code aws:rds/getSnapshot:getSnapshot}: AWS lists, and the provider itself filters by tag and sorts by age. */
final class GetSnapshot implements CloudFunction {
    @Override
    public String token() {
        return "aws:rds/getSnapshot:getSnapshot";
    }

    @Override
    public Set<String> arguments() {
        return Set.of(
                "dbInstanceIdentifier",
                "dbSnapshotIdentifier",
                "includePublic",
                "includeShared",
                "mostRecent",
                "snapshotType",
                "tags");
    }

    @Override
    public Map<String, Object> call(Operation operation, Properties arguments) {
        var request = DescribeDbSnapshotsRequest.builder()
                .includePublic(arguments.flag("includePublic"))
                .includeShared(arguments.flag("includeShared"));
        arguments.text("dbInstanceIdentifier").ifPresent(request::dbInstanceIdentifier);
        arguments.text("dbSnapshotIdentifier").ifPresent(request::dbSnapshotIdentifier);
        arguments.text("snapshotType").ifPresent(request::snapshotType);
        var wantedTags = arguments.textMap("tags");
        return about("reading RDS DB Snapshots", () -> {
            var found = AwsClients.call(
                    "RDS: DescribeDBSnapshots",
                    () -> operation.aws().rds().describeDBSnapshotsPaginator(request.build()).dbSnapshots().stream()
                            .filter(snapshot -> InstanceTags.from(snapshot.tagList())
                                    .entrySet()
                                    .containsAll(wantedTags.entrySet()))
                            // One that is still being taken has no time yet and counts as the oldest.
                            .sorted(Comparator.comparing(GetSnapshot::takenAt).reversed())
                            .toList());
            if (found.isEmpty()) {
                throw new WaitFailure(
                        "Your query returned no results. Please change your search criteria and try again.");
            }
            if (found.size() > 1 && !arguments.flag("mostRecent")) {
                throw new WaitFailure(
                        "Your query returned more than one result. Please try a more specific search criteria, "
                                + "or set `most_recent` attribute to true.");
            }
            return answer(found.get(0), arguments);
        });
    }

    private static Instant takenAt(DBSnapshot snapshot) {
        return snapshot.snapshotCreateTime() == null ? Instant.MIN : snapshot.snapshotCreateTime();
    }

    private static Map<String, Object> answer(DBSnapshot snapshot, Properties arguments) {
        var answer = new LinkedHashMap<String, Object>(arguments.values());
        put(answer, "id", snapshot.dbSnapshotIdentifier());
        put(answer, "allocatedStorage", snapshot.allocatedStorage());
        put(answer, "availabilityZone", snapshot.availabilityZone());
        put(answer, "dbInstanceIdentifier", snapshot.dbInstanceIdentifier());
        put(answer, "dbSnapshotArn", snapshot.dbSnapshotArn());
        put(answer, "dbSnapshotIdentifier", snapshot.dbSnapshotIdentifier());
        put(answer, "encrypted", Boolean.TRUE.equals(snapshot.encrypted()));
        put(answer, "engine", snapshot.engine());
        put(answer, "engineVersion", snapshot.engineVersion());
        put(answer, "iops", snapshot.iops() == null ? 0 : snapshot.iops());
        put(answer, "kmsKeyId", text(snapshot.kmsKeyId()));
        put(answer, "licenseModel", text(snapshot.licenseModel()));
        put(answer, "optionGroupName", text(snapshot.optionGroupName()));
        put(answer, "originalSnapshotCreateTime", time(snapshot.originalSnapshotCreateTime()));
        put(answer, "port", snapshot.port() == null ? 0 : snapshot.port());
        put(answer, "snapshotCreateTime", time(snapshot.snapshotCreateTime()));
        put(answer, "snapshotType", text(snapshot.snapshotType()));
        put(answer, "sourceDbSnapshotIdentifier", text(snapshot.sourceDBSnapshotIdentifier()));
        put(answer, "sourceRegion", text(snapshot.sourceRegion()));
        put(answer, "status", text(snapshot.status()));
        put(answer, "storageType", text(snapshot.storageType()));
        put(answer, "tags", InstanceTags.from(snapshot.tagList()));
        put(answer, "vpcId", text(snapshot.vpcId()));
        return answer;
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void put(Map<String, Object> answer, String name, @Nullable Object value) {
        if (value != null) {
            answer.put(name, value);
        }
    }
}
