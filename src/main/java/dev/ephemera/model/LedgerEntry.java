package dev.ephemera.model;

import dev.ephemera.naming.StackName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that changed what an environment costs. It stays when the environment is gone.
 *
 * @param hourly what it costs from then on, in US dollars for each hour; empty when that is not known
 * @param author the pull request's; empty where the forge was not asked
 * @param team as the stack's tag says it
 */
public record LedgerEntry(
        Instant at,
        StackName stack,
        Event event,
        Optional<BigDecimal> hourly,
        Optional<String> author,
        Optional<String> team) {

    /** What happened. */
    public enum Event {
        /** It was brought up, or brought up to date, or has woken. */
        UP,
        ASLEEP,
        /** Nothing is left of it. */
        GONE
    }
}
