package dev.ephemera.lifecycle;

import dev.ephemera.model.SleepSpec;
import dev.ephemera.model.StackTags;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Whether an environment sleeps or wakes now, by the hours that the team has said.
 *
 * @param databaseRuns whether one of its databases runs: AWS starts a stopped one by itself after seven days
 */
public record Rest(SleepSpec spec, StackTags tags, boolean databaseRuns) {
    /** Whoever deploys outside the hours wants to look at it. */
    private static final Duration LEFT_AWAKE = Duration.ofHours(1);

    /** What is to be done. */
    public enum Change {
        SLEEP,
        WAKE
    }

    /**
     * A change, and why.
     */
    public record Due(Change change, String reason) {}

    /** What is to be done now; empty when it is as it should be. */
    public Optional<Due> due(Instant now) {
        var here = now.atZone(spec.zone());
        return spec.outside().since(here, spec.holidays()).map(this::inside).orElseGet(() -> outside(now));
    }

    /** Who puts it to sleep by hand within the hours means it; the next ones wake it. */
    private Optional<Due> inside(ZonedDateTime opened) {
        var since = tags.instant(StackTags.ASLEEP_SINCE);
        if (tags.asleep()
                && since.filter(asleep -> !asleep.isBefore(opened.toInstant())).isEmpty()) {
            return Optional.of(new Due(Change.WAKE, "it sleeps outside %s only".formatted(spec.outside())));
        }
        return tags.asleep() ? runsAgain() : Optional.empty();
    }

    private Optional<Due> outside(Instant now) {
        if (tags.asleep()) {
            return runsAgain();
        }
        return tags.instant(StackTags.LAST_ACTIVITY)
                        .filter(last -> now.isBefore(last.plus(LEFT_AWAKE)))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Due(Change.SLEEP, "it sleeps outside %s (%s)".formatted(spec.outside(), spec.zone())));
    }

    private Optional<Due> runsAgain() {
        return databaseRuns
                ? Optional.of(new Due(
                        Change.SLEEP,
                        "it sleeps, but a database of its runs: AWS starts a stopped one after seven days"))
                : Optional.empty();
    }
}
