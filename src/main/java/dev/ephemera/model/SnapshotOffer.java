package dev.ephemera.model;

/** What a database would be restored from if it were made now. */
public sealed interface SnapshotOffer {

    /** A snapshot that will do. */
    record Restorable(Snapshot snapshot) implements SnapshotOffer {}

    /**
     * Nothing will do: a database that is there goes on, a new one cannot be made.
     *
     * @param because one sentence, with every snapshot that was looked at and what is against it
     */
    record Nothing(String because) implements SnapshotOffer {}
}
