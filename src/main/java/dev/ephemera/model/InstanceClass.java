package dev.ephemera.model;

/**
 * An RDS instance class. Whether the region has it is not checked.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record InstanceClass(String value) {
    public static final String PATTERN = "db\\.[a-z0-9-]+\\.[a-z0-9]+";

    /** The same in words, for messages. */
    public static final String WANTED = "an RDS instance class such as db.t4g.micro";

    public InstanceClass {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
