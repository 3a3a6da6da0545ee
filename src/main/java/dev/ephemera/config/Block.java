package dev.ephemera.config;

import dev.ephemera.naming.Key;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A block of keys being read. Each accessor says what it wants; what it does not get becomes a fault, and reading goes on,
 * so that all faults of a file are told at once. {@link #finish} tells the keys that nobody asked for.
 */
final class Block {
    private final Node.Mapping mapping;
    private final String path;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    Block(Node.Mapping mapping, String path, Faults faults) {
        this.mapping = mapping;
        this.path = path;
        this.faults = faults;
    }

    /** Text that has to be there. A fault and an empty text otherwise. */
    String text(String key) {
        return requiredText(key, "text", Forms::nonEmpty).orElse("");
    }

    /**
     * Text in a form of its own.
     *
     * @param parse throws {@link IllegalArgumentException} with "got ..., want ..." for another form
     */
    <T> Optional<T> text(String key, Function<String, T> parse) {
        return field(key).flatMap(node -> text(node, at(key), parse));
    }

    /** As {@link #text(String, Function)}, and a fault when it is not there. */
    <T> Optional<T> requiredText(String key, String wanted, Function<String, T> parse) {
        if (!has(key)) {
            missing(key, wanted);
            return Optional.empty();
        }
        return text(key, parse);
    }

    Optional<Integer> wholeNumber(String key, int least, int most) {
        return field(key).flatMap(node -> {
            if (node instanceof Node.Literal literal && literal.kind() == Node.Literal.Kind.WHOLE_NUMBER) {
                var number = integer(literal.written());
                if (number.filter(n -> n >= least && n <= most).isPresent()) {
                    return number;
                }
            }
            return wrong(node, at(key), "a whole number from %d to %d".formatted(least, most));
        });
    }

    /** As {@link #wholeNumber}, and a fault when it is not there. */
    Optional<Integer> requiredWholeNumber(String key, int least, int most) {
        if (!has(key)) {
            missing(key, "a whole number from %d to %d".formatted(least, most));
        }
        return wholeNumber(key, least, most);
    }

    private static Optional<Integer> integer(String written) {
        try {
            return Optional.of(new BigInteger(written).intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    Optional<Boolean> truth(String key) {
        return field(key).flatMap(node -> {
            if (node instanceof Node.Literal literal && literal.kind() == Node.Literal.Kind.TRUTH) {
                return Optional.of(literal.written().equals("true"));
            }
            return wrong(node, at(key), "true or false");
        });
    }

    /** A list of texts, empty when it is not there. */
    List<String> texts(String key) {
        return list(key, Function.identity());
    }

    /** A list of keys of another block, empty when it is not there; what {@code others} lacks is a fault. */
    List<Key> references(String key, Set<Key> others, String kind) {
        return list(
                key,
                text -> others.stream()
                        .filter(other -> other.value().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("got \"%s\", want the name of a %s: %s"
                                .formatted(text, kind, others.isEmpty() ? "there is none" : others))));
    }

    /** A list of texts in a form of their own, empty when it is not there. */
    <T> List<T> list(String key, Function<String, T> parse) {
        return list(key, "a list of texts", (node, where) -> text(node, where, parse));
    }

    /** A list of blocks, empty when it is not there. */
    List<Block> blockList(String key) {
        return list(
                key,
                "a list of blocks",
                (node, where) -> mapping(node, where).map(block -> new Block(block, where, faults)));
    }

    private <T> List<T> list(String key, String wanted, BiFunction<Node, String, Optional<T>> read) {
        var elements = new ArrayList<T>();
        field(key).ifPresent(node -> {
            if (node instanceof Node.Sequence sequence) {
                for (int i = 0; i < sequence.elements().size(); i++) {
                    read.apply(sequence.elements().get(i), "%s[%d]".formatted(at(key), i))
                            .ifPresent(elements::add);
                }
            } else {
                wrong(node, at(key), wanted);
            }
        });
        return List.copyOf(elements);
    }

    /** Texts by name, in the file's order, empty when the block is not there. */
    Map<String, String> textsByName(String key) {
        var texts = new LinkedHashMap<String, String>();
        field(key)
                .flatMap(node -> mapping(node, at(key)))
                .ifPresent(block -> block.fields()
                        .forEach((name, node) -> text(node, at(key) + "." + name, Function.identity())
                                .ifPresent(text -> texts.put(name, text))));
        return texts;
    }

    /** The block under {@code key}; empty when it is not there. */
    Optional<Block> block(String key) {
        return field(key).flatMap(node -> mapping(node, at(key))).map(block -> new Block(block, at(key), faults));
    }

    /** As {@link #block}, and a fault when it is not there. */
    Optional<Block> requiredBlock(String key, String wanted) {
        if (!has(key)) {
            missing(key, wanted);
        }
        return block(key);
    }

    /** The blocks under {@code key} by their names, in the file's order; a name that no {@link Key} can have is a fault. */
    Map<Key, Block> blocks(String key) {
        var blocks = new LinkedHashMap<Key, Block>();
        field(key)
                .flatMap(node -> mapping(node, at(key)))
                .ifPresent(all -> all.fields().forEach((name, node) -> {
                    var here = at(key) + "." + name;
                    try {
                        var parsed = new Key(name);
                        mapping(node, here).ifPresent(block -> blocks.put(parsed, new Block(block, here, faults)));
                    } catch (IllegalArgumentException e) {
                        faults.add(node.place(), here, String.valueOf(e.getMessage()));
                    }
                }));
        return blocks;
    }

    /** Tells every key that no accessor asked for. */
    void finish() {
        mapping.fields().forEach((key, node) -> {
            if (!known.contains(key)) {
                faults.add(node.place(), at(key), "unknown key; " + nearest(key));
            }
        });
    }

    /** A fault of the block as a whole. */
    void fault(String message) {
        faults.add(mapping.place(), path, message);
    }

    private String nearest(String key) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> Distance.between(key, candidate)))
                .filter(candidate -> Distance.between(key, candidate) <= 2)
                .map("did you mean \"%s\"?"::formatted)
                .orElse("want one of " + String.join(", ", known));
    }

    private boolean has(String key) {
        return field(key).isPresent();
    }

    private Optional<Node> field(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.fields().get(key));
    }

    private Optional<Node.Mapping> mapping(Node node, String where) {
        return node instanceof Node.Mapping block ? Optional.of(block) : wrong(node, where, "a block of keys");
    }

    private <T> Optional<T> text(Node node, String where, Function<String, T> parse) {
        if (!(node instanceof Node.Text text)) {
            return wrong(node, where, node instanceof Node.Literal ? "text (put it in quotes)" : "text");
        }
        try {
            return Optional.of(parse.apply(text.value()));
        } catch (IllegalArgumentException e) {
            faults.add(node.place(), where, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void missing(String key, String wanted) {
        faults.add(mapping.place(), at(key), "missing, want " + wanted);
    }

    private <T> Optional<T> wrong(Node node, String where, String wanted) {
        faults.add(node.place(), where, "got %s, want %s".formatted(node.shown(), wanted));
        return Optional.empty();
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
