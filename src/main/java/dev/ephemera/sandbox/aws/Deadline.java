package dev.ephemera.sandbox.aws;

import java.time.Duration;

/** How long an operation may take, in real time: what a program gives as custom timeout is not scaled. */
final class Deadline {
    private final Duration limit;
    private final long end;

    Deadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    Duration limit() {
        return limit;
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
