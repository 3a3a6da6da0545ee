package dev.ephemera.policies;

import java.util.List;
import java.util.Optional;

/** How a condition compares. */
enum Operator {
    EQUALS("StringEquals") {
        @Override
        boolean holds(List<String> wanted, Optional<List<String>> known) {
            return known.isPresent() && known.get().stream().anyMatch(wanted::contains);
        }
    },
    /** Of a key that the request does not have, true. */
    EQUALS_IF_EXISTS("StringEqualsIfExists") {
        @Override
        boolean holds(List<String> wanted, Optional<List<String>> known) {
            return known.isEmpty() || EQUALS.holds(wanted, known);
        }
    },
    LIKE("StringLike") {
        @Override
        boolean holds(List<String> wanted, Optional<List<String>> known) {
            return known.isPresent() && known.get().stream().anyMatch(value -> isLikeOneOf(wanted, value));
        }
    },
    /** Of no value at all, true: so it never stands alone in what allows something. */
    ALL_EQUAL("ForAllValues:StringEquals") {
        @Override
        boolean holds(List<String> wanted, Optional<List<String>> known) {
            return wanted.containsAll(known.orElse(List.of()));
        }
    },
    ALL_LIKE("ForAllValues:StringLike") {
        @Override
        boolean holds(List<String> wanted, Optional<List<String>> known) {
            return known.orElse(List.of()).stream().allMatch(value -> isLikeOneOf(wanted, value));
        }
    },
    /** Whether the key is absent. */
    NULL("Null") {
        @Override
        boolean holds(List<String> wanted, Optional<List<String>> known) {
            return wanted.contains(
                    String.valueOf(known.filter(values -> !values.isEmpty()).isEmpty()));
        }
    };

    private final String word;

    Operator(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException for one that our policies do without */
    static Operator of(String word) {
        for (var operator : values()) {
            if (operator.word.equals(word)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("condition operator " + word + " is not known here");
    }

    /**
     * Whether it holds.
     *
     * @param wanted one of these
     * @param known what the request has; empty when it does not have the key
     */
    abstract boolean holds(List<String> wanted, Optional<List<String>> known);

    private static boolean isLikeOneOf(List<String> patterns, String value) {
        return patterns.stream().anyMatch(pattern -> Wildcards.match(pattern, value, false));
    }
}
