package dev.ephemera.engine;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What SIGINT and SIGTERM do while a verb runs: the engine is told once, so that it ends the step it is in and saves, and is
 * waited for; a second signal would make it forget what it is making. No new step begins.
 */
public final class Interruption {
    /** Longer than the longest step, the restore of a database; whoever cannot wait sends SIGKILL. */
    private static final Duration LONGEST_STEP = Duration.ofHours(2);

    private static final Interruption NONE_YET = new Interruption();

    private final AtomicReference<@Nullable Process> running = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean came;

    private Interruption() {}

    /** The process's own; there is one. */
    public static Interruption ofThisProcess() {
        return NONE_YET;
    }

    /**
     * Runs {@code verb}; when a signal comes meanwhile, the process ends with {@code code} as soon as it is done.
     *
     * @return what the verb returns, where no signal came
     */
    public int during(IntSupplier verb, int code) {
        var hook = new Thread(() -> end(code), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return verb.getAsInt();
        } finally {
            ended.countDown();
            if (!came) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private void end(int code) {
        came = true;
        System.err.println(
                "Interrupted: the step that runs is finished and saved, then this ends (a second signal changes nothing).");
        var process = running.get();
        if (process != null) {
            tell(process);
        }
        try {
            if (ended.await(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits a moment; for loops that ask again and again.
     *
     * @throws Failure when a signal has come
     */
    public void pause(Duration moment) {
        if (came) {
            throw new Failure(Exit.INTERRUPTED, "interrupted while it waited; run again");
        }
        LockSupport.parkNanos(moment.toNanos());
    }

    /** Whether a signal has come. */
    public boolean came() {
        return came;
    }

    /** Whom to tell; ends with {@link #over()}. */
    void running(Process process) {
        running.set(process);
        if (came) {
            tell(process);
        }
    }

    /** By its handle: {@link Process#destroy()} closes what it writes to as well, which ends it at its next line. */
    private static void tell(Process process) {
        process.toHandle().destroy();
    }

    void over() {
        running.set(null);
    }
}
