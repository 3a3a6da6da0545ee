package dev.ephemera.model;

import dev.ephemera.naming.OwnerMarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of looking through a source's snapshots.
 *
 * @param chosen the newest that will do; empty when none does
 * @param refused every other one, newest first, each with its reason
 */
public record SnapshotChoice(Optional<Snapshot> chosen, List<Refused> refused) {

    /** A snapshot that will not do, and why. */
    public record Refused(Snapshot snapshot, String because) {}

    /** Chooses from {@code candidates} what {@code database} may be restored from at {@code now}. */
    public static SnapshotChoice from(List<Snapshot> candidates, DatabaseSpec database, Instant now) {
        var newestFirst = candidates.stream()
                .sorted(Comparator.comparing(Snapshot::taken).reversed().thenComparing(Snapshot::id))
                .toList();
        Optional<Snapshot> chosen = Optional.empty();
        var refused = new ArrayList<Refused>();
        for (var candidate : newestFirst) {
            var reason = reasonAgainst(candidate, database, now);
            if (reason.isPresent()) {
                refused.add(new Refused(candidate, reason.get()));
            } else if (chosen.isEmpty()) {
                chosen = Optional.of(candidate);
            } else {
                refused.add(new Refused(candidate, "a newer one will do"));
            }
        }
        return new SnapshotChoice(chosen, List.copyOf(refused));
    }

    private static Optional<String> reasonAgainst(Snapshot snapshot, DatabaseSpec database, Instant now) {
        if (!snapshot.status().equals("available")) {
            return Optional.of("its status is %s, not available".formatted(snapshot.status()));
        }
        if (!snapshot.masked()) {
            return Optional.of("it is not tagged " + OwnerMarks.TAG_MASKED + "=true");
        }
        var engine = database.engine().rdsName();
        if (!snapshot.engine().equals(engine)) {
            return Optional.of("its engine is %s, not %s".formatted(snapshot.engine(), engine));
        }
        return database.snapshot()
                .maxAge()
                .filter(maximum -> snapshot.taken().isBefore(now.minus(maximum)))
                .map(maximum -> "it was taken %s, more than %s ago".formatted(snapshot.taken(), inWords(maximum)));
    }

    private static String inWords(Duration duration) {
        if (duration.toMinutes() % 60 != 0) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toHours() % 24 == 0 ? duration.toDays() + " days" : duration.toHours() + " hours";
    }

    /** One sentence for somebody who wonders why nothing was chosen. */
    public String explanation(SnapshotRule rule) {
        if (refused.isEmpty()) {
            return "no snapshot of %s exists".formatted(rule.source());
        }
        return refused.stream()
                .map(each -> "%s: %s".formatted(each.snapshot().id(), each.because()))
                .collect(Collectors.joining("; "));
    }
}
