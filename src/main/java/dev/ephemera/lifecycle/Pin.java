package dev.ephemera.lifecycle;

import dev.ephemera.model.StackTags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A day until whose end an environment stays whatever its age, by a label of its pull request, such as {@code
 * preview:until-2026-12-24}. As long as the label is there, it holds.
 *
 * @param until empty when no label says so
 */
public record Pin(Optional<Instant> until) {
    /** What the label begins with; a day stands behind it, in UTC. */
    public static final String LABEL = "preview:until-";

    /** The latest that the labels say; a label with no day behind it says nothing. */
    public static Pin of(Set<String> labels) {
        return new Pin(labels.stream()
                .filter(label -> label.startsWith(LABEL))
                .flatMap(label -> end(label.substring(LABEL.length())))
                .max(Comparator.naturalOrder()));
    }

    private static Stream<Instant> end(String day) {
        try {
            return Stream.of(LocalDate.parse(day)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Stream.empty();
        }
    }

    /** The tags as if they said it too, where they do not say later. */
    StackTags in(StackTags tags) {
        return until.filter(label -> tags.instant(StackTags.PINNED_UNTIL)
                        .filter(label::isBefore)
                        .isEmpty())
                .map(label -> tags.with(StackTags.PINNED_UNTIL, label.toString()))
                .orElse(tags);
    }
}
