package dev.ephemera.cloud;

import dev.ephemera.model.Snapshot;
import dev.ephemera.model.Snapshots;
import dev.ephemera.naming.OwnerMarks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** The RDS snapshots of one region, as AWS lists them. */
public final class SnapshotCatalog implements Snapshots {
    private final RdsClient rds;

    /**
     * Makes a client; credentials come from where the AWS SDK looks for them.
     *
     * @param region for example {@code eu-west-1}
     */
    public SnapshotCatalog(String region) {
        this.rds = AwsRequests.answer(
                "preparing AWS's client for RDS", () -> AwsRequests.client(RdsClient.builder(), region));
    }

    @Override
    public List<Snapshot> of(String source) {
        return AwsRequests.answer(
                "listing the snapshots of " + source,
                () ->
                        rds
                                .describeDBSnapshotsPaginator(request -> request.dbInstanceIdentifier(source))
                                .dbSnapshots()
                                .stream()
                                .map(SnapshotCatalog::snapshot)
                                .toList());
    }

    private static Snapshot snapshot(DBSnapshot described) {
        return new Snapshot(
                described.dbSnapshotIdentifier(),
                described.status(),
                described.tagList().stream()
                        .anyMatch(tag -> tag.key().equals(OwnerMarks.TAG_MASKED)
                                && tag.value().equals("true")),
                described.engine(),
                described.engineVersion(),
                Boolean.TRUE.equals(described.encrypted()),
                Optional.ofNullable(described.allocatedStorage()).orElse(0),
                // A snapshot still being made has no time yet; its status refuses it anyway.
                Optional.ofNullable(described.originalSnapshotCreateTime())
                        .or(() -> Optional.ofNullable(described.snapshotCreateTime()))
                        .orElse(Instant.EPOCH));
    }
}
