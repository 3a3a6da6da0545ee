package dev.ephemera.model;

/**
 * A domain name of two labels or more (RFC 1035 and 1123), lower case, without a trailing dot. 179 characters at most leave room
 * in the 253 of a whole name for one more label of 63, its dot, and {@code _ephemera.} of the owner's record before it.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record DomainName(String value) {
    public static final String PATTERN =
            "(?=.{1,179}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+";

    /** The same in words, for messages. */
    public static final String WANTED = "a lower-case domain name without a trailing dot, such as preview.example.com";

    public DomainName {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
