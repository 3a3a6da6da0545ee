package dev.ephemera.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a tree of YAML as a {@link Shape} says. What is not as it says becomes a fault, and reading goes on, so that all
 * faults of a file are told at once.
 */
final class BlockReader {
    private final Node.Mapping root;
    private final Faults faults;
    private final ScalarReader scalars;
    /** By their paths, as far as they could be read: a map has those of its values that could. */
    private final Map<String, Object> values = new HashMap<>();

    private final Map<String, Place> places = new HashMap<>();

    BlockReader(Node.Mapping root, Faults faults) {
        this.root = root;
        this.faults = faults;
        this.scalars = new ScalarReader(root, faults);
    }

    /** The whole; empty, and at least one fault, when a part of it could not be read. */
    <R extends Record> Optional<R> read(Class<R> type) {
        return block(Shapes.of(type), root, "").map(type::cast);
    }

    /** Every value that could be read in the map at {@code path}, by its name, whatever is wrong elsewhere. */
    <K, V> Map<K, V> readAt(String path) {
        return this.<Map<K, V>>valueAt(path).orElse(Map.of());
    }

    /** What could be read at {@code path}; empty when nothing could, or nothing is there. */
    @SuppressWarnings("unchecked")
    <V> Optional<V> valueAt(String path) {
        return Optional.ofNullable((V) values.get(path));
    }

    /** The names in a block at the top, also of values that could not be read. */
    Set<String> namesAt(String block) {
        return root.fields().get(block) instanceof Node.Mapping mapping
                ? mapping.fields().keySet()
                : Set.of();
    }

    /** A fault of the value at {@code path}, or of what is around it when the file has none there. */
    void fault(String path, String message) {
        var known = path;
        while (!known.isEmpty() && !places.containsKey(known)) {
            known = known.substring(0, Math.max(0, known.lastIndexOf('.')));
        }
        faults.add(places.getOrDefault(known, root.place()), path, message);
    }

    private Optional<Object> value(Shape shape, Node node, String path) {
        places.put(path, node.place());
        var value = valueOf(shape, node, path);
        value.ifPresent(read -> values.put(path, read));
        return value;
    }

    private Optional<Object> valueOf(Shape shape, Node node, String path) {
        if (node instanceof Node.Refused) {
            return Optional.empty();
        }
        if (shape instanceof Shape.ListOf list) {
            return node instanceof Node.Sequence sequence ? list(list, sequence, path) : wrong(shape, node, path);
        }
        if (shape instanceof Shape.MapOf map) {
            return node instanceof Node.Mapping block ? map(map, block, path) : wrong(shape, node, path);
        }
        if (shape instanceof Shape.Either either) {
            return either(either, node, path);
        }
        if (shape instanceof Shape.Block record) {
            return node instanceof Node.Mapping block ? block(record, block, path) : wrong(shape, node, path);
        }
        return scalars.read(shape, node, path);
    }

    private Optional<Object> list(Shape.ListOf shape, Node.Sequence sequence, String path) {
        var elements = new ArrayList<Object>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            value(shape.element(), sequence.elements().get(i), "%s[%d]".formatted(path, i))
                    .ifPresent(elements::add);
        }
        return elements.size() == sequence.elements().size() ? Optional.of(List.copyOf(elements)) : Optional.empty();
    }

    private Optional<Object> map(Shape.MapOf shape, Node.Mapping block, String path) {
        var entries = new LinkedHashMap<Object, Object>();
        block.fields().forEach((name, node) -> {
            var here = at(path, name);
            var key = scalars.parsed(shape.name(), name, node, here);
            var value = value(shape.value(), node, here);
            key.ifPresent(parsedKey -> value.ifPresent(read -> entries.put(parsedKey, read)));
        });
        values.put(path, Collections.unmodifiableMap(entries));
        return entries.size() == block.fields().size() ? Optional.of(entries) : Optional.empty();
    }

    private Optional<Object> either(Shape.Either shape, Node node, String path) {
        if (node instanceof Node.Text text && shape.text().isPresent()) {
            return made(shape.text().get(), List.of(text.value()), node.place(), path);
        }
        if (!(node instanceof Node.Mapping block)) {
            var wanted = shape.wanted();
            return scalars.wrong(
                    node,
                    path,
                    node instanceof Node.Literal
                            ? wanted.replaceFirst("^text", "text " + ScalarReader.IN_QUOTES)
                            : wanted);
        }
        var kinds = shape.blocks().entrySet().stream()
                .filter(kind -> block.fields().containsKey(kind.getKey()))
                .toList();
        if (kinds.size() == 1) {
            return block(kinds.get(0).getValue(), block, path);
        }
        if (kinds.isEmpty()) {
            tellUnknownKeys(shape.keys().map(Shape.Key::name).toList(), block, path);
        }
        var found = kinds.isEmpty()
                ? "a block that is of no kind"
                : "both " + kinds.stream().map(Map.Entry::getKey).collect(Collectors.joining(" and "));
        faults.add(
                block.place(),
                path,
                "got %s, want one of %s"
                        .formatted(found, String.join(", ", shape.blocks().keySet())));
        return Optional.empty();
    }

    private Optional<Object> block(Shape.Block shape, Node.Mapping block, String path) {
        tellUnknownKeys(shape.keys().map(Shape.Key::name).toList(), block, path);
        return parts(shape, block, path);
    }

    private Optional<Object> parts(Shape.Block shape, Node.Mapping block, String path) {
        var arguments = new ArrayList<Object>();
        var read = new ArrayList<Optional<Object>>();
        for (var part : shape.parts()) {
            read.add(
                    part instanceof Shape.Key key
                            ? key(key, block, path)
                            : parts(((Shape.Inlined) part).block(), block, path));
        }
        read.forEach(value -> value.ifPresent(arguments::add));
        return arguments.size() == read.size() ? made(shape, arguments, block.place(), path) : Optional.empty();
    }

    private Optional<Object> key(Shape.Key key, Node.Mapping block, String path) {
        var here = at(path, key.name());
        var node = block.fields().get(key.name());
        if (node != null) {
            var value = value(key.shape(), node, here);
            return key.presence() == Shape.Presence.OPTIONAL ? value.map(Optional::of) : value;
        }
        return switch (key.presence()) {
            case OPTIONAL -> Optional.of(Optional.empty());
            case DEFAULT -> Optional.of(fallback(key));
            case EMPTY -> Optional.of(empty(key.shape(), block, here));
            case REQUIRED -> {
                faults.add(block.place(), here, "missing, want " + key.shape().wanted());
                yield Optional.empty();
            }
        };
    }

    private static Object fallback(Shape.Key key) {
        var written = key.fallback().orElseThrow();
        if (key.shape() instanceof Shape.WholeNumber) {
            return Integer.valueOf(written);
        }
        if (key.shape() instanceof Shape.Truth) {
            return Boolean.valueOf(written);
        }
        return ((Shape.Text) key.shape()).form().parse().apply(written);
    }

    private Object empty(Shape shape, Node.Mapping around, String path) {
        if (shape instanceof Shape.ListOf) {
            return List.of();
        }
        return shape instanceof Shape.MapOf
                ? Map.of()
                : parts((Shape.Block) shape, new Node.Mapping(around.place(), Map.of()), path)
                        .orElseThrow();
    }

    private void tellUnknownKeys(List<String> known, Node.Mapping block, String path) {
        block.fields().forEach((name, node) -> {
            if (!known.contains(name)) {
                faults.add(node.place(), at(path, name), "unknown key; " + Distance.hint(name, known));
            }
        });
    }

    /** The record; a fault when it refuses what its parts are together. */
    private Optional<Object> made(Shape.Block shape, List<?> arguments, Place place, String path) {
        var types = Arrays.stream(shape.type().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = shape.type().getDeclaredConstructor(types);
            // An extension's record may be visible to its own package only.
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                faults.add(place, path, String.valueOf(refused.getMessage()));
                return Optional.empty();
            }
            throw new IllegalStateException("%s cannot be made".formatted(shape.type()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s takes what its components say".formatted(shape.type()), e);
        }
    }

    private Optional<Object> wrong(Shape shape, Node node, String path) {
        return scalars.wrong(node, path, shape.wanted());
    }

    private static String at(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
