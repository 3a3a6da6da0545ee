package dev.ephemera.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ephemera.model.CpuQuantity;
import dev.ephemera.model.MemoryQuantity;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A resource as the stack has it, or is about to.
 *
 * <p>A value counts as not known when it is absent, encrypted, or stands for what Pulumi will know only when the update has
 * run.
 *
 * @param type Pulumi's token, as in {@code aws:rds/instance:Instance}. Components have no cost of their own: whoever makes
 *     the list leaves them out
 * @param name what the program calls it
 * @param inputs what is asked for
 * @param outputs what is there; empty when nothing is yet
 * @param isForeign whether the stack only reads it: then somebody else pays for it
 */
public record StackResource(String type, String name, JsonNode inputs, JsonNode outputs, boolean isForeign) {
    /** What Pulumi puts in the place of a text that it does not know yet. */
    private static final Pattern NOT_KNOWN_YET = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** One of the stack's own. */
    public StackResource(String type, String name, JsonNode inputs, JsonNode outputs) {
        this(type, name, inputs, outputs, false);
    }

    /** What is asked for, or else what is there. */
    Optional<String> text(String property) {
        return text(inputs.path(property)).or(() -> text(outputs.path(property)));
    }

    /** What is asked for, or else what is there. */
    Optional<Amount> number(String property) {
        return number(inputs.path(property)).or(() -> number(outputs.path(property)));
    }

    /** Whether it is asked for, or else is so. */
    boolean isTrue(String property) {
        return (inputs.path(property).isBoolean() ? inputs : outputs)
                .path(property)
                .asBoolean();
    }

    /** The inputs' block, or else the outputs'. */
    JsonNode block(String property) {
        return inputs.path(property).isObject() ? inputs.path(property) : outputs.path(property);
    }

    static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText())
                .filter(text -> node.isTextual()
                        && !text.isBlank()
                        && !NOT_KNOWN_YET.matcher(text).matches());
    }

    static Optional<Amount> number(JsonNode node) {
        return node.isNumber()
                ? Optional.of(Amount.of(node.decimalValue())).filter(number -> number.compareTo(Amount.ZERO) >= 0)
                : Optional.empty();
    }

    /** Kubernetes's quantity of processors, which may be a number too. */
    static Optional<Amount> cores(JsonNode node) {
        return quantity(node).flatMap(text -> {
            try {
                return Optional.of(Amount.of(new CpuQuantity(text).cores()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /** Kubernetes's quantity of memory. */
    static Optional<Amount> gib(JsonNode node) {
        return quantity(node).flatMap(text -> {
            try {
                return Optional.of(Amount.of(new MemoryQuantity(text).gib()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> quantity(JsonNode node) {
        return node.isNumber()
                ? Optional.of(node.decimalValue().stripTrailingZeros().toPlainString())
                : text(node);
    }
}
