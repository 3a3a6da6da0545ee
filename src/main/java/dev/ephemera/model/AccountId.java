package dev.ephemera.model;

/**
 * An AWS account.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record AccountId(String value) {
    public static final String PATTERN = "[0-9]{12}";

    /** The same in words, for messages. */
    public static final String WANTED = "the 12 digits of an AWS account";

    public AccountId {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
