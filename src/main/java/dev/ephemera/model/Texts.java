package dev.ephemera.model;

/** Checks of texts that have a form. */
final class Texts {
    private Texts() {}

    /** Throws {@link IllegalArgumentException} when {@code text} as a whole does not match {@code pattern}. */
    static void check(String pattern, String text, String wanted) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(text, wanted));
        }
    }
}
