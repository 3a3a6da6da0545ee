package dev.ephemera.config;

import java.util.List;
import java.util.Map;

/** A YAML value that still knows where it stands. */
sealed interface Node {
    Place place();

    /** The value as a message shows it. */
    String shown();

    /** Text, with or without quotes. */
    record Text(Place place, String value) implements Node {
        @Override
        public String shown() {
            return Shown.quoted(value);
        }
    }

    /** A number or a truth value as it is written. */
    record Literal(Place place, Kind kind, String written) implements Node {
        enum Kind {
            WHOLE_NUMBER,
            FRACTION,
            TRUTH,
            /** A number or a truth value to some readers of YAML and something else to others: yes, True, 010, 0x10, 1_000. */
            AMBIGUOUS
        }

        @Override
        public String shown() {
            return Shown.cut(written);
        }
    }

    /**
     * No value.
     *
     * @param isWritten whether the file says {@code null}, not just nothing
     */
    record Null(Place place, boolean isWritten) implements Node {
        @Override
        public String shown() {
            return isWritten ? "null" : "nothing";
        }
    }

    /** What a fault has been told of already, so that nothing more need be said of it. */
    record Refused(Place place) implements Node {
        @Override
        public String shown() {
            return "what is refused";
        }
    }

    record Sequence(Place place, List<Node> elements) implements Node {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** In the file's order. */
    record Mapping(Place place, Map<String, Node> fields) implements Node {
        @Override
        public String shown() {
            return "a block";
        }
    }
}
