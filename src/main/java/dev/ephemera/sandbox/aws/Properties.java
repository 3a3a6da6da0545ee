package dev.ephemera.sandbox.aws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inputs or outputs of one resource, without secret marks; {@link #secrets()} remembers which had one.
 *
 * <p>The getters follow the official provider: an empty text, a zero and a false count as not set, except where a
 * method's name says otherwise. A value that is {@link Unknown} counts as not set too; ask {@link #isUnknown}.
 */
final class Properties {
    private final Map<String, Object> values;
    private final Set<String> secrets;

    private Properties(Map<String, Object> values, Set<String> secrets) {
        this.values = Collections.unmodifiableMap(values);
        this.secrets = Collections.unmodifiableSet(secrets);
    }

    /** Takes the marks off: a property counts as secret as soon as any part of it is. */
    static Properties of(Map<String, ?> marked) {
        var values = new LinkedHashMap<String, Object>();
        var secrets = new LinkedHashSet<String>();
        marked.forEach((name, value) -> {
            if (containsSecret(value)) {
                secrets.add(name);
            }
            var plain = plain(value);
            if (plain != null) {
                values.put(name, plain);
            }
        });
        return new Properties(values, secrets);
    }

    Map<String, Object> values() {
        return values;
    }

    Set<String> secrets() {
        return secrets;
    }

    /** Null where it is not set. */
    @Nullable
    Object get(String name) {
        return values.get(name);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean isUnknown(String name) {
        return containsUnknown(values.get(name));
    }

    Optional<String> text(String name) {
        return values.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** For what cannot be missing any more once it was checked. */
    String requiredText(String name) {
        return text(name).orElseThrow(() -> new IllegalStateException("property " + name + " is not set"));
    }

    Optional<Integer> number(String name) {
        return numberEvenZero(name).filter(number -> number != 0);
    }

    Optional<Integer> numberEvenZero(String name) {
        return Optional.ofNullable(values.get(name)).flatMap(Properties::asNumber);
    }

    /** True where the flag is set and true; false where it is false or not set. */
    boolean flag(String name) {
        var value = values.get(name);
        return value instanceof Boolean flag ? flag : "true".equals(value);
    }

    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    Map<String, String> textMap(String name) {
        var texts = new LinkedHashMap<String, String>();
        if (values.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    /** The nested blocks of a list property. */
    List<Properties> blocks(String name) {
        var blocks = new ArrayList<Properties>();
        if (values.get(name) instanceof List<?> list) {
            for (var element : list) {
                if (element instanceof Map<?, ?> map) {
                    var block = new LinkedHashMap<String, Object>();
                    map.forEach((key, value) -> block.put(String.valueOf(key), value));
                    blocks.add(of(block));
                }
            }
        }
        return blocks;
    }

    /** The same with one property set, or taken away where the value is null. */
    Properties with(String name, @Nullable Object value) {
        var changed = new LinkedHashMap<>(values);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new Properties(changed, secrets);
    }

    static Optional<Integer> asNumber(Object value) {
        if (value instanceof Number number) {
            return Optional.of(number.intValue());
        }
        try {
            return value instanceof String text ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean containsSecret(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Properties::containsSecret);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Properties::containsSecret);
        }
        return value instanceof Secret;
    }

    private static boolean containsUnknown(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Properties::containsUnknown);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Properties::containsUnknown);
        }
        return value == Unknown.UNKNOWN;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Secret secret) {
            return plain(secret.value());
        }
        if (value instanceof List<?> list) {
            var plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<String, Object>();
            map.forEach((name, element) -> plain.put(String.valueOf(name), plain(element)));
            return plain;
        }
        return value;
    }
}
