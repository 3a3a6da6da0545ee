package dev.ephemera.config;

import dev.ephemera.model.Default;
import dev.ephemera.model.Range;
import dev.ephemera.model.Refers;
import dev.ephemera.model.Unwrapped;
import dev.ephemera.model.Variable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the configuration may say at one place. It follows from the model's records, whose components are the keys, and
 * reading and JSON Schema both follow from it.
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

    /** The shape of a record, with everything in it. */
    static Block of(Class<?> type) {
        return new Block(
                type, Arrays.stream(type.getRecordComponents()).map(Shape::part).toList());
    }

    private static Part part(RecordComponent component) {
        if (component.isAnnotationPresent(Unwrapped.class)) {
            return new Inlined(of(component.getType()));
        }
        var isOptional = component.getType() == Optional.class;
        var type = isOptional ? argument(component.getGenericType(), 0) : component.getGenericType();
        var shape = of(type, component);
        var fallback =
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
        return new Key(component.getName(), shape, presence(isOptional, fallback.isPresent(), shape), fallback);
    }

    private static Presence presence(boolean isOptional, boolean hasDefault, Shape shape) {
        if (isOptional) {
            return Presence.OPTIONAL;
        }
        if (hasDefault) {
            return Presence.DEFAULT;
        }
        var mayBeEmpty = shape instanceof ListOf
                || shape instanceof MapOf
                || shape instanceof Block block && block.isEmptiable();
        return mayBeEmpty ? Presence.EMPTY : Presence.REQUIRED;
    }

    private static Shape of(Type type, RecordComponent component) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? new ListOf(element(argument(generic, 0), component))
                    : new MapOf(
                            TextForm.of((Class<?>) argument(generic, 0)).orElse(TextForm.NOT_BLANK),
                            element(argument(generic, 1), component));
        }
        var plain = (Class<?>) type;
        if (plain == int.class || plain == Integer.class) {
            var range = component.getAnnotation(Range.class);
            return new WholeNumber(range.least(), range.most());
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return new Truth();
        }
        if (plain == String.class) {
            return new Text(TextForm.NOT_BLANK, Optional.empty());
        }
        if (plain.isEnum()) {
            return new Word(Arrays.stream(plain.getEnumConstants())
                    .collect(Collectors.toMap(
                            Shape::word, constant -> constant, (one, other) -> one, LinkedHashMap::new)));
        }
        if (plain.isSealed()) {
            return either(plain);
        }
        var refers = Optional.ofNullable(component.getAnnotation(Refers.class)).map(Refers::value);
        return TextForm.of(plain).<Shape>map(form -> new Text(form, refers)).orElseGet(() -> of(plain));
    }

    /** In lists and maps a text may be anything, blank too: an argument, or a variable's value. */
    private static Shape element(Type type, RecordComponent component) {
        return type == String.class ? new Text(TextForm.ANY, Optional.empty()) : of(type, component);
    }

    private static Either either(Class<?> type) {
        Optional<Block> text = Optional.empty();
        var blocks = new LinkedHashMap<String, Block>();
        for (var variant : type.getPermittedSubclasses()) {
            if (variant == Variable.Literal.class) {
                text = Optional.of(of(variant));
            } else {
                blocks.put(variant.getRecordComponents()[0].getName(), of(variant));
            }
        }
        return new Either(text, blocks);
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
