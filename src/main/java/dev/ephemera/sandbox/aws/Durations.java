package dev.ephemera.sandbox.aws;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as people and the official provider write them. */
final class Durations {
    private static final Pattern SHAPE = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    private Durations() {}

    /** {@code 400ms}, {@code 2s}, {@code 1.5m}; anything else is an {@link IllegalArgumentException}. */
    static Duration parse(String text) {
        var match = SHAPE.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("got \"" + text.strip() + "\", want a time such as 400ms, 2s or 1m");
        }
        var unit = switch (match.group(2)) {
            case "ms" -> 1.0;
            case "s" -> 1_000.0;
            case "m" -> 60_000.0;
            default -> 3_600_000.0;
        };
        return Duration.ofMillis(Math.round(Double.parseDouble(match.group(1)) * unit));
    }

    /** One such time or several in a row, as Go reads them: {@code 30m}, {@code 1h30m}. */
    static Duration parseSum(String text) {
        var sum = Duration.ZERO;
        var parts = SHAPE.matcher(text.strip());
        var end = 0;
        while (parts.find() && parts.start() == end) {
            sum = sum.plus(parse(parts.group()));
            end = parts.end();
        }
        if (end == 0 || end < text.strip().length()) {
            throw new IllegalArgumentException("got \"" + text.strip() + "\", want a time such as 30m or 1h30m");
        }
        return sum;
    }

    /** The way Go prints them: {@code 40m0s}, {@code 1.5s}, {@code 300ms}. */
    static String print(Duration time) {
        if (time.toMillis() < 1000) {
            return time.toMillis() + "ms";
        }
        var seconds = time.toSecondsPart() + time.toMillisPart() / 1000.0;
        var tail = (seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds)) + "s";
        var minutes = time.toMinutesPart() + "m";
        if (time.toHours() > 0) {
            return time.toHours() + "h" + minutes + tail;
        }
        return time.toMinutes() > 0 ? minutes + tail : tail;
    }
}
