package dev.ephemera.program;

import com.pulumi.context.LoggingContext;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.DatabaseSpec;
import dev.ephemera.model.SnapshotChoice;
import dev.ephemera.model.SnapshotOffer;
import dev.ephemera.model.Snapshots;
import dev.ephemera.naming.Key;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Looks for the snapshot that each database would be restored from, beside the declaration of everything else. Where none
 * will do, the reasons are told and offered in its place: a database that exists goes on without, a new one cannot be made.
 */
final class SnapshotSearch {
    private final ApplicationSpec application;
    private final Supplier<Snapshots> snapshots;
    private final Clock clock;
    private final LoggingContext log;

    /**
     * Prepares the search.
     *
     * @param snapshots asked once for each database, by another thread: making a client of AWS takes a while
     */
    SnapshotSearch(ApplicationSpec application, Supplier<Snapshots> snapshots, Clock clock, LoggingContext log) {
        this.application = application;
        this.snapshots = snapshots;
        this.clock = clock;
        this.log = log;
    }

    /** Begins one search for each database. */
    Map<Key, CompletableFuture<SnapshotOffer>> begin() {
        var searches = new LinkedHashMap<Key, CompletableFuture<SnapshotOffer>>();
        application
                .databases()
                .forEach((key, database) ->
                        searches.put(key, CompletableFuture.supplyAsync(() -> choose(key, database))));
        return searches;
    }

    private SnapshotOffer choose(Key key, DatabaseSpec database) {
        var rule = database.snapshot();
        try {
            var choice = SnapshotChoice.from(snapshots.get().of(rule.source()), database, clock.instant());
            if (choice.chosen().isPresent()) {
                return new SnapshotOffer.Restorable(choice.chosen().get());
            }
            var because = "no snapshot of %s may be restored: %s".formatted(rule.source(), choice.explanation(rule));
            log.warn("database %s: %s".formatted(key, because));
            return new SnapshotOffer.Nothing(because);
        } catch (Failure failure) {
            log.error("database %s: %s".formatted(key, failure.getMessage()));
            return new SnapshotOffer.Nothing(String.valueOf(failure.getMessage()));
        }
    }
}
