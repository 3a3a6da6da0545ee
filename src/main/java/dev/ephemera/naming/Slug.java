package dev.ephemera.naming;

import java.util.Locale;

/** What is left of a text when only lower-case ASCII letters, digits and single inner hyphens may stay. May be empty. */
final class Slug {
    private Slug() {}

    static String of(String text) {
        var slug = new StringBuilder();
        for (var character : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if (character >= 'a' && character <= 'z' || character >= '0' && character <= '9') {
                slug.append(character);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        return cut(slug.toString(), slug.length());
    }

    /** The first {@code length} characters at most, not ending in a hyphen. */
    static String cut(String slug, int length) {
        int end = Math.min(length, slug.length());
        while (end > 0 && slug.charAt(end - 1) == '-') {
            end--;
        }
        return slug.substring(0, end);
    }
}
