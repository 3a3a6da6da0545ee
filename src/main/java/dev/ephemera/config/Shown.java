package dev.ephemera.config;

/** Text of a file as a message shows it: on one line, of bounded length, and harmless to a terminal. */
final class Shown {
    /** Longer than any key or image that is meant; a few lines of a terminal. */
    private static final int MAXIMUM_LENGTH = 200;

    private Shown() {}

    /** The text in quotes. */
    static String quoted(String text) {
        return text.length() <= MAXIMUM_LENGTH
                ? "\"" + text + "\""
                : "\"%s...\" (%d characters)".formatted(beginning(text), text.length());
    }

    /** The text, or its beginning and how long it is. */
    static String cut(String text) {
        return text.length() <= MAXIMUM_LENGTH
                ? text
                : "%s... (%d characters)".formatted(beginning(text), text.length());
    }

    /** The text with everything that is not seen as a character of its own, or moves what is, as {@code \\uXXXX}. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isSeen(character)) {
                escaped.appendCodePoint(character);
            } else {
                for (var unit : Character.toChars(character)) {
                    escaped.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Not ending between the two halves of a character. */
    private static String beginning(String text) {
        var end = Character.isHighSurrogate(text.charAt(MAXIMUM_LENGTH - 1)) ? MAXIMUM_LENGTH - 1 : MAXIMUM_LENGTH;
        return text.substring(0, end);
    }
}
