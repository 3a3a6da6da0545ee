package dev.ephemera.sandbox.node;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files beside this class in the jar, with {@code ${name}} where a value belongs. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private Template() {}

    /** Writes the file {@code name} to {@code target}, with its values. Every place has to have one. */
    static Path write(String name, Map<String, String> values, Path target) throws IOException {
        var text = PLACE.matcher(read(name))
                .replaceAll(place -> Matcher.quoteReplacement(Optional.ofNullable(values.get(place.group(1)))
                        .orElseThrow(() -> new IllegalArgumentException(name + " has no value for " + place.group()))));
        return Files.writeString(target, text);
    }

    /** Writes it as it is. */
    static Path copy(String name, Path target) throws IOException {
        return Files.writeString(target, read(name));
    }

    private static String read(String name) throws IOException {
        try (var stream = Template.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new Failure(Exit.FAILED, name + " is missing in the jar; build it again");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
