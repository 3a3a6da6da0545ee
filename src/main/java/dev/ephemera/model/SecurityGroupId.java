package dev.ephemera.model;

/**
 * The id of an EC2 security group. Whether it exists is not checked.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record SecurityGroupId(String value) {
    public static final String PATTERN = "sg-[0-9a-f]{8,17}";

    /** The same in words, for messages. */
    public static final String WANTED = "the id of a security group such as sg-0123456789abcdef0";

    public SecurityGroupId {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
