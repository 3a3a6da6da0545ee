package dev.ephemera.model;

/**
 * An RDS instance restored from a snapshot.
 *
 * @param engine {@code postgres}; others are refused by the configuration
 * @param instanceClass the RDS instance class, for example {@code db.t4g.micro}
 * @param subnetGroup the DB subnet group it is put in, which also says the VPC
 * @param database the database inside the snapshot that applications connect to
 * @param username the snapshot's master user, whose name a restore keeps
 */
public record DatabaseSpec(
        String engine,
        String instanceClass,
        String subnetGroup,
        String database,
        String username,
        SnapshotRule snapshot) {

    /** The port that RDS gives this engine when none is asked for. */
    public int port() {
        return 5432;
    }
}
