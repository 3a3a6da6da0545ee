package dev.ephemera.config;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/** Reads what is no block and no list. Nothing is converted: a number is no text, a text no number. */
final class ScalarReader {
    /** What makes a text of a number or a truth value. */
    static final String IN_QUOTES = "(put it in quotes)";

    private final Node.Mapping root;
    private final Faults faults;

    /**
     * @param root whose blocks have what texts may refer to
     */
    ScalarReader(Node.Mapping root, Faults faults) {
        this.root = root;
        this.faults = faults;
    }

    /** The value of {@code node}; empty, and a fault, when it is not of {@code shape}. */
    Optional<Object> read(Shape shape, Node node, String path) {
        if (shape instanceof Shape.Text text) {
            return text(text, node, path);
        }
        if (shape instanceof Shape.WholeNumber number) {
            return wholeNumber(number, node, path);
        }
        if (shape instanceof Shape.Word word) {
            return node instanceof Node.Text text && word.constants().containsKey(text.value())
                    ? Optional.of(word.constants().get(text.value()))
                    : wrong(node, path, shape.wanted());
        }
        return node instanceof Node.Literal literal && literal.kind() == Node.Literal.Kind.TRUTH
                ? Optional.of(literal.written().equals("true"))
                : wrong(node, path, shape.wanted());
    }

    /** The value that {@code text} is of that form; empty, and a fault, when it is none. */
    Optional<Object> parsed(TextForm form, String text, Node node, String path) {
        try {
            return Optional.of(form.parse().apply(text));
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage()).replace("\"" + text + "\"", Shown.quoted(text));
            faults.add(node.place(), path, message);
            return Optional.empty();
        }
    }

    /** Tells that {@code node} is not what is wanted; empty. */
    Optional<Object> wrong(Node node, String path, String wanted) {
        faults.add(node.place(), path, "got %s, want %s".formatted(node.shown(), wanted));
        return Optional.empty();
    }

    private Optional<Object> text(Shape.Text shape, Node node, String path) {
        if (!(node instanceof Node.Text text)) {
            return wrong(node, path, shape.wanted() + (node instanceof Node.Literal ? " " + IN_QUOTES : ""));
        }
        if (shape.refers().isPresent() && !isThere(shape.refers().get(), text.value())) {
            faults.add(node.place(), path, unknownReference(shape.refers().get(), text.value()));
            return Optional.empty();
        }
        return parsed(shape.form(), text.value(), node, path);
    }

    /** Whether it is, or may be: of a block that is refused nobody knows. */
    private boolean isThere(String block, String name) {
        var node = root.fields().get(block);
        return node instanceof Node.Refused
                || node instanceof Node.Mapping mapping && mapping.fields().containsKey(name);
    }

    private String unknownReference(String block, String name) {
        var others = root.fields().get(block) instanceof Node.Mapping mapping
                ? mapping.fields().keySet()
                : Set.<String>of();
        return "got %s, want one of %s: %s"
                .formatted(
                        Shown.quoted(name),
                        block,
                        others.isEmpty()
                                ? "there is none"
                                : Distance.nearest(name, others)
                                        .map("did you mean \"%s\"?"::formatted)
                                        .orElse(Distance.listed(others)));
    }

    private Optional<Object> wholeNumber(Shape.WholeNumber shape, Node node, String path) {
        if (node instanceof Node.Literal literal && literal.kind() == Node.Literal.Kind.WHOLE_NUMBER) {
            var number = new BigInteger(literal.written());
            if (number.compareTo(BigInteger.valueOf(shape.least())) >= 0
                    && number.compareTo(BigInteger.valueOf(shape.most())) <= 0) {
                return Optional.of(number.intValueExact());
            }
        }
        var isAmbiguous = node instanceof Node.Literal literal && literal.kind() == Node.Literal.Kind.AMBIGUOUS;
        return wrong(node, path, shape.wanted() + (isAmbiguous ? ", in decimal digits alone" : ""));
    }
}
