package dev.ephemera.model;

/**
 * The name of a Kubernetes object that somebody else may have made: a DNS subdomain (RFC 1123), 253 characters at most.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record ObjectName(String value) {
    public static final String PATTERN =
            "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*";

    /** The same in words, for messages. */
    public static final String WANTED =
            "the name of a Kubernetes object: lower-case letters, digits, inner hyphens and dots";

    public ObjectName {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
