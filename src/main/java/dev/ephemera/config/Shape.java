package dev.ephemera.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the configuration may say at one place. {@link Shapes} says how it follows from the model's records; reading and JSON
 * Schema follow from it.
 */
sealed interface Shape {
    /** What it is, after "want". */
    String wanted();

    /**
     * Text.
     *
     * @param refers the block at the top that has what the text names; empty when it names nothing
     */
    record Text(TextForm form, Optional<String> refers) implements Shape {
        @Override
        public String wanted() {
            return form.wanted();
        }
    }

    record WholeNumber(int least, int most) implements Shape {
        @Override
        public String wanted() {
            return "a whole number from %d to %d".formatted(least, most);
        }
    }

    record Truth() implements Shape {
        @Override
        public String wanted() {
            return "true or false";
        }
    }

    /** One of a few words: an enumeration's constants in lower case. */
    record Word(Map<String, Object> constants) implements Shape {
        @Override
        public String wanted() {
            return constants.size() == 1
                    ? String.join("", constants.keySet()) + ", the only one so far"
                    : "one of " + String.join(", ", constants.keySet());
        }
    }

    record ListOf(Shape element) implements Shape {
        @Override
        public String wanted() {
            return "a list, each " + element.wanted();
        }
    }

    /** Values by name. */
    record MapOf(TextForm name, Shape value) implements Shape {
        @Override
        public String wanted() {
            return "a block of keys";
        }
    }

    /** A record, whose components are the keys. */
    record Block(Class<?> type, List<Part> parts) implements Shape {
        @Override
        public String wanted() {
            var required = keys().filter(Key::isRequired).map(Key::name).collect(Collectors.joining(", "));
            return required.isEmpty() ? "a block of keys" : "a block with " + required;
        }

        /** Every key of the block. */
        Stream<Key> keys() {
            return parts.stream()
                    .flatMap(part -> part instanceof Key key
                            ? Stream.of(key)
                            : ((Inlined) part).block().keys());
        }

        /** Whether it may be left out as a whole. */
        boolean isEmptiable() {
            return keys().noneMatch(Key::isRequired);
        }
    }

    /**
     * One of several blocks, told apart by the first key of each, or plain text.
     *
     * @param text what plain text is; empty when it is refused
     * @param blocks by their first key
     */
    record Either(Optional<Block> text, Map<String, Block> blocks) implements Shape {
        @Override
        public String wanted() {
            return (text.isPresent() ? "text, or " : "") + "a block with one of " + String.join(", ", blocks.keySet());
        }

        /** Every key of every one of the blocks. */
        Stream<Key> keys() {
            return blocks.values().stream().flatMap(Block::keys);
        }
    }

    /** What fills one component of a record. */
    sealed interface Part {}

    /** A record whose keys stand beside those of the record that it is part of. */
    record Inlined(Block block) implements Part {}

    /**
     * A key of a block.
     *
     * @param presence what becomes of it when it is left out
     * @param fallback what it is then, as the file would write it; empty where {@code presence} does not ask for it
     */
    record Key(String name, Shape shape, Presence presence, Optional<String> fallback) implements Part {
        boolean isRequired() {
            return presence == Presence.REQUIRED;
        }
    }

    /** What a key may be when it is left out. */
    enum Presence {
        REQUIRED,
        OPTIONAL,
        /** A list or map, or a block that may be empty. */
        EMPTY,
        DEFAULT
    }
}
