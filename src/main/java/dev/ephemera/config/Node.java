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
            return "\"" + value + "\"";
        }
    }

    /** A number or a truth value as it is written. */
    record Literal(Place place, Kind kind, String written) implements Node {
        enum Kind {
            WHOLE_NUMBER,
            FRACTION,
            TRUTH
        }

        @Override
        public String shown() {
            return written;
        }
    }

    record Null(Place place) implements Node {
        @Override
        public String shown() {
            return "null";
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
