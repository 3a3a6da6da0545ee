package dev.ephemera.model;

/**
 * Where in a container a volume is mounted: an absolute path, not the root, without a slash at its end.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record MountPath(String value) {
    public static final String PATTERN = "/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*";

    /** The same in words, for messages. */
    public static final String WANTED = "an absolute path without a slash at its end, such as /var/cache";

    public MountPath {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
