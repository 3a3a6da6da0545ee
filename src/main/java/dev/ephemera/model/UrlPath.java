package dev.ephemera.model;

/**
 * The path of a URL, with a leading slash.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record UrlPath(String value) {
    public static final String PATTERN = "/[A-Za-z0-9._~/-]*";

    /** The same in words, for messages. */
    public static final String WANTED = "a path that begins with a slash, such as /api";

    public UrlPath {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
