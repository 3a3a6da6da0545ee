package dev.ephemera.sandbox.aws;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values mean that came by different ways: from a program, a state file, AWS. */
final class Values {
    private Values() {}

    /** AWS's SDK says null for what AWS did not say; for the engine that is a property which is not set. */
    static void putIfPresent(Map<String, Object> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The same for values that mean the same. */
    static Object comparable(Property property, Object value) {
        return switch (property.kind()) {
            case NUMBER ->
                Properties.asNumber(value).<Object>map(number -> number).orElse(value);
            case FLAG -> String.valueOf(value);
            case SET ->
                value instanceof List<?> list
                        ? list.stream().map(String::valueOf).sorted().distinct().toList()
                        : value;
            default -> value;
        };
    }

    /** The official provider cannot tell "not set" from these. */
    static boolean isZero(@Nullable Object value) {
        return value == null
                || "".equals(value)
                || Boolean.FALSE.equals(value)
                || value instanceof Number number && number.doubleValue() == 0
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }
}
