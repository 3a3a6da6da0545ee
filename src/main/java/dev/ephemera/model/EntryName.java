package dev.ephemera.model;

/**
 * The name of one entry of a ConfigMap or a Secret, which is a file's name where that is mounted: 1 to 253 letters, digits,
 * hyphens, underscores and dots, not {@code .} and without {@code ..} at its beginning, as Kubernetes takes it.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record EntryName(String value) {
    public static final String PATTERN = "(?!\\.$|\\.\\.)[A-Za-z0-9._-]{1,253}";

    public static final String WANTED = "the name of a file: letters, digits, hyphens, underscores and dots";

    public EntryName {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
