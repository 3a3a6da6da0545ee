package dev.ephemera.cost;

import dev.ephemera.model.LedgerEntry;
import dev.ephemera.model.LedgerEntry.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an environment has cost: each entry of the ledger holds until the next one.
 *
 * @param known US dollars, of the times whose hourly cost is known
 * @param unknownSince when each of the other times began; none when all is known
 */
public record Accrual(Amount known, List<Instant> unknownSince) {
    private static final Amount MILLIS_OF_AN_HOUR =
            Amount.of(Duration.ofHours(1).toMillis());

    public Accrual {
        unknownSince = List.copyOf(unknownSince);
    }

    /**
     * From {@code from} to {@code to}.
     *
     * @param entries of one stack, in the order of their instants
     */
    public static Accrual between(List<LedgerEntry> entries, Instant from, Instant to) {
        var known = Amount.ZERO;
        var unknown = new ArrayList<Instant>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var begin = entry.at().isBefore(from) ? from : entry.at();
            var next = i + 1 < entries.size() ? entries.get(i + 1).at() : to;
            var end = next.isAfter(to) ? to : next;
            if (entry.event() == Event.GONE || !begin.isBefore(end)) {
                continue;
            }
            if (entry.hourly().isPresent()) {
                var hours = Amount.of(Duration.between(begin, end).toMillis()).dividedBy(MILLIS_OF_AN_HOUR);
                known = known.plus(Amount.of(entry.hourly().get()).times(hours));
            } else {
                unknown.add(begin);
            }
        }
        return new Accrual(known, unknown);
    }

    /** Since it was made, which is when it was last gone; until {@code now}. */
    public static Accrual soFar(List<LedgerEntry> entries, Instant now) {
        var first = 0;
        for (int i = 0; i < entries.size(); i++) {
            first = entries.get(i).event() == Event.GONE ? i + 1 : first;
        }
        return between(entries.subList(first, entries.size()), Instant.EPOCH, now);
    }
}
