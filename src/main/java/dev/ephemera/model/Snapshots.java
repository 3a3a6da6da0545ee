package dev.ephemera.model;

import java.util.List;

/** Where snapshots are looked up. */
@FunctionalInterface
public interface Snapshots {
    /**
     * Every snapshot of the RDS instance {@code source}, in no order.
     *
     * <p>Throws when the cloud does not answer, or refuses.
     */
    List<Snapshot> of(String source);
}
