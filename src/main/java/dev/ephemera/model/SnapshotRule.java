package dev.ephemera.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Which snapshot a new environment may be restored from: the newest one of {@code source} that is available, masked, of
 * the right engine and young enough.
 *
 * @param source the RDS instance whose snapshots are looked at
 * @param maxAge counted from the moment the data was first snapshotted; empty for any age
 */
public record SnapshotRule(String source, Optional<Duration> maxAge) {}
