package dev.ephemera.model;

/**
 * An AWS region. Whether AWS has it is not checked.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record AwsRegion(String value) {
    public static final String PATTERN = "[a-z]{2}(-[a-z]+)+-[0-9]";

    public AwsRegion {
        Texts.check(PATTERN, value, "an AWS region such as eu-west-1");
    }

    @Override
    public String toString() {
        return value;
    }
}
