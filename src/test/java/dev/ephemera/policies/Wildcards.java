package dev.ephemera.policies;

import java.util.regex.Pattern;

/** IAM's patterns: {@code *} for any text, slashes and dots too, {@code ?} for any one character. */
final class Wildcards {
    private Wildcards() {}

    static boolean match(String pattern, String text, boolean ignoringCase) {
        var expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(expression, ignoringCase ? Pattern.CASE_INSENSITIVE : 0)
                .matcher(text)
                .matches();
    }
}
