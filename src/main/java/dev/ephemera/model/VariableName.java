package dev.ephemera.model;

/**
 * The name of an environment variable, as every shell can read it.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record VariableName(String value) {
    public static final String PATTERN = "[A-Za-z_][A-Za-z0-9_]*";

    /** The same in words, for messages. */
    public static final String WANTED = "the name of an environment variable: letters, digits and _, no digit first";

    public VariableName {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
