package dev.ephemera.model;

import java.util.regex.Pattern;

/**
 * A container image as a pod names it: repository, then a tag or a digest or neither (which the cluster reads as {@code
 * :latest}). What a registry has is not checked.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} has another form.
 */
public record ImageReference(String value) {
    // The grammar of github.com/distribution/reference, less its limits on length.
    public static final String PATTERN =
            "(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*"
                    + "(?::\\w[\\w.-]{0,127})?(?:@[a-z0-9]+:[a-f0-9]{32,})?";

    /** The same in words, for messages. */
    public static final String WANTED = "a container image such as registry.example.com/shop/web:1.2 or ...@sha256:...";

    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

    public ImageReference {
        Texts.check(PATTERN, value, WANTED);
    }

    /** Whether the reference itself says which build it is. */
    public boolean isPinned() {
        return value.contains("@") || value.lastIndexOf(':') > value.lastIndexOf('/');
    }

    /** Without tag and digest. */
    public String repository() {
        var named = value.replaceFirst("@.*", "");
        var tag = named.lastIndexOf(':');
        return tag > named.lastIndexOf('/') ? named.substring(0, tag) : named;
    }

    /** {@code text}, when it may be a tag; else throws {@link IllegalArgumentException}. */
    public static String tag(String text) {
        if (!TAG.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "got \"%s\", want an image's tag: 1 to 128 letters, digits, _ . or -, not . or - first"
                            .formatted(text));
        }
        return text;
    }

    /** This repository at {@code tag}. Only for a reference that is not pinned. */
    public ImageReference withTag(String tag) {
        return new ImageReference(value + ":" + tag);
    }

    @Override
    public String toString() {
        return value;
    }
}
