package dev.ephemera.model;

/**
 * An RDS instance restored from a snapshot.
 *
 * @param subnetGroup the DB subnet group it is put in, which also says the VPC
 * @param database the database inside the snapshot that applications connect to
 * @param username the snapshot's master user, whose name a restore keeps
 */
public record DatabaseSpec(
        Engine engine,
        InstanceClass instanceClass,
        String subnetGroup,
        String database,
        String username,
        SnapshotRule snapshot) {}
