package dev.ephemera.model;

import java.time.Instant;

/**
 * A database snapshot as AWS describes it.
 *
 * @param id its identifier
 * @param status {@code available} when it can be restored
 * @param masked whether it carries the tag {@code ephemera:masked=true}
 * @param encrypted whether its storage, and so that of a restored instance, is encrypted
 * @param allocatedStorage GiB
 * @param taken when the data was first snapshotted; a copy keeps the original's time
 */
public record Snapshot(
        String id,
        String status,
        boolean masked,
        String engine,
        String engineVersion,
        boolean encrypted,
        int allocatedStorage,
        Instant taken) {}
