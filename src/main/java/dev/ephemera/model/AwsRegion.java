package dev.ephemera.model;

/**
 * An AWS region. Whether AWS has it is not checked.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record AwsRegion(String value) {
    public static final String PATTERN = "[a-z]{2}(-[a-z]+)+-[0-9]";

    /** The same in words, for messages. */
    public static final String WANTED = "an AWS region such as eu-west-1";

    public AwsRegion {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
