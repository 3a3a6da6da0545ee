package dev.ephemera.components;

import java.util.List;
import java.util.Map;

/** Reads a value out of nested maps and lists by a dotted path. */
final class Values {
    private Values() {}

    /** Null where nothing is. */
    static Object at(Object value, String path) {
        for (var part : path.split("\\.")) {
            if (value instanceof List<?> list) {
                value = list.get(Integer.parseInt(part));
            } else if (value instanceof Map<?, ?> map) {
                value = map.get(part);
            } else {
                return null;
            }
        }
        return value;
    }
}
