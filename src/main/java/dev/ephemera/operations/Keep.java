package dev.ephemera.operations;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.engine.StackState;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.model.StackTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Lets an environment live longer than it would by itself. Each answers when it ends now; empty when only its pull request ends it. */
public final class Keep {
    private final Work work;
    private final Clock clock;

    public Keep(Work work) {
        this.work = work;
        this.clock = Clock.systemUTC();
    }

    /** As long as {@code by} from now, though nothing happens; not longer than the greatest age. */
    public Optional<Lifetime.End> extend(Duration by) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return change(tags -> tags.with(StackTags.LAST_ACTIVITY, now.toString())
                .with(StackTags.EXTENDED_UNTIL, now.plus(by).toString()));
    }

    /** Until then whatever its age. */
    public Optional<Lifetime.End> pin(Instant until) {
        return change(tags -> tags.with(StackTags.PINNED_UNTIL, until.toString()));
    }

    /** No longer than by itself. */
    public Optional<Lifetime.End> unpin() {
        return change(tags -> tags.without(StackTags.PINNED_UNTIL));
    }

    private Optional<Lifetime.End> change(UnaryOperator<StackTags> change) {
        if (StackState.of(work.pulumi(), work.names().stack().value()).isEmpty()) {
            throw work.noSuchStack();
        }
        var lifetime =
                ApplicationReader.settings(work.project().resolve("stacks")).lifetime();
        return new Lifetime(lifetime, work.records().change(change)).end();
    }
}
