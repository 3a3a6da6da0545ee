package dev.ephemera.naming;

import java.util.Locale;

/** What is left of a text when only lower-case ASCII letters, digits and single inner hyphens may stay. May be empty. */
final class Slug {
    private Slug() {}

    static String of(String text) {
        return trim(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    }

    /** The first {@code length} characters at most, not ending in a hyphen. */
    static String cut(String slug, int length) {
        return trim(slug.substring(0, Math.min(length, slug.length())));
    }

    private static String trim(String text) {
        return text.replaceAll("^-+|-+$", "");
    }
}
