package dev.ephemera.model;

/**
 * Where in a container a volume is mounted: an absolute path, not the root, without a slash at its end.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record MountPath(String value) {
    public static final String PATTERN = "/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*";

    public MountPath {
        Texts.check(PATTERN, value, "an absolute path without a slash at its end, such as /var/cache");
    }

    @Override
    public String toString() {
        return value;
    }
}
