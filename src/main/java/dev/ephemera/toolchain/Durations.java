package dev.ephemera.toolchain;

import java.time.Duration;

/** Times for people. */
final class Durations {
    private Durations() {}

    /** {@code 4 s}, {@code 2 min}, {@code 2 min 30 s}. */
    static String text(Duration duration) {
        long seconds = Math.max(1, duration.plusMillis(500).toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
