package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;
import static dev.ephemera.sandbox.aws.Values.orEmpty;
import static dev.ephemera.sandbox.aws.Values.putIfPresent;

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
        putIfPresent(answer, "id", snapshot.dbSnapshotIdentifier());
        putIfPresent(answer, "allocatedStorage", snapshot.allocatedStorage());
        putIfPresent(answer, "availabilityZone", snapshot.availabilityZone());
        putIfPresent(answer, "dbInstanceIdentifier", snapshot.dbInstanceIdentifier());
        putIfPresent(answer, "dbSnapshotArn", snapshot.dbSnapshotArn());
        putIfPresent(answer, "dbSnapshotIdentifier", snapshot.dbSnapshotIdentifier());
        putIfPresent(answer, "encrypted", Boolean.TRUE.equals(snapshot.encrypted()));
        putIfPresent(answer, "engine", snapshot.engine());
        putIfPresent(answer, "engineVersion", snapshot.engineVersion());
        putIfPresent(answer, "iops", snapshot.iops() == null ? 0 : snapshot.iops());
        putIfPresent(answer, "kmsKeyId", orEmpty(snapshot.kmsKeyId()));
        putIfPresent(answer, "licenseModel", orEmpty(snapshot.licenseModel()));
        putIfPresent(answer, "optionGroupName", orEmpty(snapshot.optionGroupName()));
        putIfPresent(answer, "originalSnapshotCreateTime", time(snapshot.originalSnapshotCreateTime()));
        putIfPresent(answer, "port", snapshot.port() == null ? 0 : snapshot.port());
        putIfPresent(answer, "snapshotCreateTime", time(snapshot.snapshotCreateTime()));
        putIfPresent(answer, "snapshotType", orEmpty(snapshot.snapshotType()));
        putIfPresent(answer, "sourceDbSnapshotIdentifier", orEmpty(snapshot.sourceDBSnapshotIdentifier()));
        putIfPresent(answer, "sourceRegion", orEmpty(snapshot.sourceRegion()));
        putIfPresent(answer, "status", orEmpty(snapshot.status()));
        putIfPresent(answer, "storageType", orEmpty(snapshot.storageType()));
        putIfPresent(answer, "tags", InstanceTags.from(snapshot.tagList()));
        putIfPresent(answer, "vpcId", orEmpty(snapshot.vpcId()));
        return answer;
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
    }
}
