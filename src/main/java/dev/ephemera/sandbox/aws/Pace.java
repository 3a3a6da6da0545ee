package dev.ephemera.sandbox.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How fast the sandbox's time runs. The official provider needs 80 s for a restore that AWS does at once (60 s, then
 * three answers ten seconds apart); here those 80 s become the restore time, and every other wait shrinks by the same
 * factor. Only lengths change: the number and the order of the calls between them do not.
 *
 * <p>The restore time is read from its file at each wait, so that it can be changed while the provider runs.
 */
final class Pace {
    private static final double OFFICIAL_RESTORE_MILLIS = 80_000;
    private static final Duration DEFAULT_RESTORE_TIME = Duration.ofMillis(400);

    private final Path restoreTimeFile;

    /** Where the file is missing or unreadable the restore time is 400 ms. */
    Pace(Path restoreTimeFile) {
        this.restoreTimeFile = restoreTimeFile;
    }

    Duration scaled(Duration official) {
        var factor = restoreTime().toMillis() / OFFICIAL_RESTORE_MILLIS;
        return Duration.ofNanos(Math.round(official.toNanos() * factor));
    }

    private Duration restoreTime() {
        try {
            return Durations.parse(Files.readString(restoreTimeFile));
        } catch (IOException | IllegalArgumentException unreadable) {
            return DEFAULT_RESTORE_TIME;
        }
    }
}
