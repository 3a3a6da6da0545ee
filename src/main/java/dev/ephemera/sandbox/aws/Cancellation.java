package dev.ephemera.sandbox.aws;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends the waits of one connection, and of no other. Once cancelled it stays so, as with the official provider. */
final class Cancellation {
    private final CountDownLatch cancelled = new CountDownLatch(1);

    void cancel() {
        cancelled.countDown();
    }

    /** Called before anything is changed, so that nothing new is begun for an engine that is leaving. */
    void throwIfCancelled() {
        if (cancelled.getCount() == 0) {
            throw new WaitFailure("context canceled");
        }
    }

    /** Returns when the time is over. */
    void pause(Duration time) {
        try {
            if (cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new WaitFailure("context canceled");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WaitFailure("context canceled", interrupted);
        }
    }
}
