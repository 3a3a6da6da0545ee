package com.example.queues;

import dev.ephemera.model.Default;
import dev.ephemera.model.Range;
import java.time.Duration;

/**
 * An SQS queue.
 *
 * @param retention how long a message waits to be received; SQS allows 1 minute to 14 days
 * @param visibilitySeconds how long a received message is hidden from others; SQS allows 12 hours
 */
public record QueueSpec(
        @Default("4d") Duration retention,
        @Default("30") @Range(least = 1, most = 43_200) int visibilitySeconds) {

    private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

    public QueueSpec {
        if (retention.compareTo(LONGEST_RETENTION) > 0) {
            throw new IllegalArgumentException(
                    "got a retention of %d hours, want 14 days at most".formatted(retention.toHours()));
        }
    }
}
