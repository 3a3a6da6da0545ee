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
import java.util.Optional;
import java.util.stream.Collectors;

/** How the configuration follows from the model's records: their components are its keys. */
final class Shapes {
    private Shapes() {}

    /** The shape of a record, with everything in it. */
    static Shape.Block of(Class<?> type) {
        return new Shape.Block(
                type,
                Arrays.stream(type.getRecordComponents()).map(Shapes::part).toList());
    }

    private static Shape.Part part(RecordComponent component) {
        if (component.isAnnotationPresent(Unwrapped.class)) {
            return new Shape.Inlined(of(component.getType()));
        }
        var isOptional = component.getType() == Optional.class;
        var type = isOptional ? argument(component.getGenericType(), 0) : component.getGenericType();
        var shape = of(type, component);
        var fallback =
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
        return new Shape.Key(component.getName(), shape, presence(isOptional, fallback.isPresent(), shape), fallback);
    }

    private static Shape.Presence presence(boolean isOptional, boolean hasDefault, Shape shape) {
        if (isOptional) {
            return Shape.Presence.OPTIONAL;
        }
        if (hasDefault) {
            return Shape.Presence.DEFAULT;
        }
        var mayBeEmpty = shape instanceof Shape.ListOf
                || shape instanceof Shape.MapOf
                || shape instanceof Shape.Block block && block.isEmptiable();
        return mayBeEmpty ? Shape.Presence.EMPTY : Shape.Presence.REQUIRED;
    }

    private static Shape of(Type type, RecordComponent component) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? new Shape.ListOf(element(argument(generic, 0), component))
                    : new Shape.MapOf(
                            TextForm.of((Class<?>) argument(generic, 0)).orElse(TextForm.NOT_BLANK),
                            element(argument(generic, 1), component));
        }
        var plain = (Class<?>) type;
        if (plain == int.class || plain == Integer.class) {
            var range = component.getAnnotation(Range.class);
            return new Shape.WholeNumber(range.least(), range.most());
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return new Shape.Truth();
        }
        if (plain == String.class) {
            return new Shape.Text(TextForm.NOT_BLANK, Optional.empty());
        }
        if (plain.isEnum() && TextForm.of(plain).isEmpty()) {
            return new Shape.Word(Arrays.stream(plain.getEnumConstants())
                    .collect(Collectors.toMap(
                            Shapes::word, constant -> constant, (one, other) -> one, LinkedHashMap::new)));
        }
        if (plain.isSealed()) {
            return either(plain);
        }
        var refers = Optional.ofNullable(component.getAnnotation(Refers.class)).map(Refers::value);
        return TextForm.of(plain)
                .<Shape>map(form -> new Shape.Text(form, refers))
                .orElseGet(() -> of(plain));
    }

    /** In lists and maps a text may be anything, blank too: an argument, or a variable's value. */
    private static Shape element(Type type, RecordComponent component) {
        return type == String.class ? new Shape.Text(TextForm.ANY, Optional.empty()) : of(type, component);
    }

    private static Shape.Either either(Class<?> type) {
        Optional<Shape.Block> text = Optional.empty();
        var blocks = new LinkedHashMap<String, Shape.Block>();
        for (var variant : type.getPermittedSubclasses()) {
            if (variant == Variable.Literal.class) {
                text = Optional.of(of(variant));
            } else {
                blocks.put(variant.getRecordComponents()[0].getName(), of(variant));
            }
        }
        return new Shape.Either(text, blocks);
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
