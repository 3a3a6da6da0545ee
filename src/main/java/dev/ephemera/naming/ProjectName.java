package dev.ephemera.naming;

import java.util.regex.Pattern;

/**
 * The Pulumi project's name, which is the application's: 1 to 100 letters, digits, {@code _}, {@code .} and {@code -}, as
 * Pulumi allows them.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record ProjectName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    public ProjectName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "project name \"%s\": want 1 to 100 letters, digits, _ . or -".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
