package com.example.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for what this process cannot do without. Said once per reason, given up after a while: the cluster starts it anew. */
public final class Patience {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private Patience() {}

    /** Tries until {@code attempt} answers true. */
    public static void until(String what, Callable<Boolean> attempt) throws InterruptedException {
        until(what, LIMIT, attempt);
    }

    static void until(String what, Duration limit, Callable<Boolean> attempt) throws InterruptedException {
        var end = Instant.now().plus(limit);
        var said = "";
        while (true) {
            var reason = reason(attempt);
            if (reason.isEmpty()) {
                return;
            }
            if (!reason.equals(said)) {
                System.out.println("waiting for " + what + ": " + reason);
                said = reason;
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        "%s is not there after %d s: %s".formatted(what, limit.toSeconds(), reason));
            }
            Thread.sleep(BETWEEN.toMillis());
        }
    }

    /** Why not yet; empty when it is done. */
    private static String reason(Callable<Boolean> attempt) throws InterruptedException {
        try {
            return attempt.call() ? "" : "not yet";
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
