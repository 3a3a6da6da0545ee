package dev.ephemera.model;

/**
 * The path of a URL, with a leading slash.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record UrlPath(String value) {
    public static final String PATTERN = "/[A-Za-z0-9._~/-]*";

    public UrlPath {
        Texts.check(PATTERN, value, "a path that begins with a slash, such as /api");
    }

    @Override
    public String toString() {
        return value;
    }
}
