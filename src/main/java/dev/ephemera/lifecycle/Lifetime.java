package dev.ephemera.lifecycle;

import dev.ephemera.model.LifetimeSpec;
import dev.ephemera.model.StackTags;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When an environment ends by itself, though its pull request is open.
 *
 * @param tags an environment that has no {@link StackTags#CREATED} or {@link StackTags#LAST_ACTIVITY} has nothing that its
 *     days count from, and does not end until somebody says when
 */
public record Lifetime(LifetimeSpec spec, StackTags tags) {
    /** How long before the end whoever works with it is told, the longest first. */
    public static final List<Duration> WARNINGS = List.of(Duration.ofHours(24), Duration.ofHours(1));

    /** That of an environment whose pull request has these labels: one of them may pin it. */
    public static Lifetime of(LifetimeSpec spec, StackTags tags, Set<String> labels) {
        return new Lifetime(spec, Pin.of(labels).in(tags));
    }

    /**
     * An end.
     *
     * @param reason what it follows from, for people
     */
    public record End(Instant at, String reason) {
        /** Whether it has come. */
        public boolean isDue(Instant now) {
            return !at.isAfter(now);
        }

        /** The shortest warning that applies now; empty when there is more time, or none at all. */
        public Optional<Duration> warning(Instant now) {
            return isDue(now)
                    ? Optional.empty()
                    : WARNINGS.stream()
                            .filter(before -> !now.isBefore(at.minus(before)))
                            .reduce((longer, shorter) -> shorter);
        }
    }

    /** Its end as things are; empty when only its pull request ends it. */
    public Optional<End> end() {
        var ends = Stream.of(idle(), oldest()).flatMap(Optional::stream);
        return ends.min(Comparator.comparing(End::at)).map(this::orPinned);
    }

    private Optional<End> idle() {
        return spec.idle()
                .flatMap(idle -> tags.instant(StackTags.LAST_ACTIVITY).map(last -> {
                    var end = new End(last.plus(idle), "nothing happened since %s".formatted(last));
                    return tags.instant(StackTags.EXTENDED_UNTIL)
                            .filter(end.at()::isBefore)
                            .map(until -> new End(until, "it was extended until then"))
                            .orElse(end);
                }));
    }

    private Optional<End> oldest() {
        return spec.maximum()
                .flatMap(maximum -> tags.instant(StackTags.CREATED)
                        .map(created -> new End(created.plus(maximum), "it was made at %s".formatted(created))));
    }

    private End orPinned(End end) {
        return tags.instant(StackTags.PINNED_UNTIL)
                .filter(end.at()::isBefore)
                .map(until -> new End(until, "it was pinned until then"))
                .orElse(end);
    }
}
