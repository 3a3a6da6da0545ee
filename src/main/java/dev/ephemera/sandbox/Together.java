package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tasks side by side. The first that fails interrupts the others, so that nobody waits for what is of no use any more. */
final class Together {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** What may fail with an {@link IOException} too. */
    interface Task {
        void run() throws IOException;
    }

    void add(Task task) {
        var thread = new Thread(() -> run(task), "sandbox start");
        thread.setDaemon(true);
        threads.add(thread);
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (IOException | RuntimeException e) {
            if (failure.compareAndSet(null, e)) {
                threads.stream()
                        .filter(thread -> thread != Thread.currentThread())
                        .forEach(Thread::interrupt);
            }
        }
    }

    /** Runs all of them; returns when each has ended, throws what failed first. */
    void join() throws IOException {
        threads.forEach(Thread::start);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                threads.forEach(Thread::interrupt);
                Thread.currentThread().interrupt();
                throw new Failure(Exit.INTERRUPTED, "interrupted while the sandbox was being started; run again", e);
            }
        }
        var first = failure.get();
        if (first instanceof IOException e) {
            throw e;
        }
        if (first instanceof RuntimeException e) {
            throw e;
        }
    }
}
