package dev.ephemera.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far apart two words are: insertions, deletions and replacements of one character (Levenshtein). */
final class Distance {
    /** Two slips of the fingers; with more, the nearest word is rarely the one that was meant. */
    private static final int NEAR = 2;

    /** How many names a message lists. */
    private static final int LISTED = 20;

    private Distance() {}

    /** A question after the nearest of {@code known}, or else what there is, for the end of a message. */
    static String hint(String name, Collection<String> known) {
        return nearest(name, known).map("did you mean \"%s\"?"::formatted).orElse("want one of " + listed(known));
    }

    /** The one of {@code known} that was probably meant; empty when none is near. */
    static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= NEAR)
                .filter(candidate -> between(name, candidate) <= NEAR)
                .min(Comparator.comparingInt(candidate -> between(name, candidate)));
    }

    /** The first of them, and how many there are beside. */
    static String listed(Collection<String> names) {
        var first = names.stream().limit(LISTED).map(Shown::cut).collect(Collectors.joining(", "));
        return names.size() <= LISTED ? first : "%s and %d more".formatted(first, names.size() - LISTED);
    }

    static int between(String one, String other) {
        var previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                var replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
