package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How long a database stays {@code creating}, as its file has it: {@code 20s} or {@code 500ms}. */
final class RestoreTime {
    /** When nobody has asked for another. */
    static final Duration DEFAULT = Duration.ofSeconds(2);

    private RestoreTime() {}

    /** Empty when the file is not there or is not one of ours. */
    static Optional<Duration> read(Path file) throws IOException {
        try {
            var text = Files.readString(file).strip();
            return text.endsWith("ms")
                    ? Optional.of(Duration.ofMillis(number(text, 2)))
                    : Optional.of(Duration.ofSeconds(number(text, 1)));
        } catch (NoSuchFileException | NumberFormatException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static long number(String text, int unit) {
        return Long.parseLong(text.substring(0, text.length() - unit));
    }

    static void write(Path file, Duration time) throws IOException {
        WholeFile.write(file, print(time) + "\n");
    }

    static String print(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
