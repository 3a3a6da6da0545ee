package dev.ephemera.model;

/**
 * An AWS account.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record AccountId(String value) {
    public static final String PATTERN = "[0-9]{12}";

    public AccountId {
        Texts.check(PATTERN, value, "the 12 digits of an AWS account, in quotes");
    }

    @Override
    public String toString() {
        return value;
    }
}
