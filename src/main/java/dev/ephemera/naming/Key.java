package dev.ephemera.naming;

import java.util.regex.Pattern;

/**
 * The name under which a workload, a database or a job stands in the configuration, and its name inside the namespace: 1
 * to 40 lower-case letters, digits and single inner hyphens, a letter first. That is what a Kubernetes Service name allows
 * (RFC 1035), less {@code --}, which joins the parts of a host name; 40 leaves room for a hash in a 63-character name.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record Key(String value) implements Comparable<Key> {
    public static final int MAXIMUM_LENGTH = 40;
    public static final String PATTERN = "(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile(PATTERN);

    /** What a key has to look like, for messages. */
    public static final String WANTED =
            "1 to 40 lower-case letters, digits and single inner hyphens, starting with a letter";

    public Key {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(value, WANTED));
        }
    }

    @Override
    public int compareTo(Key other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
