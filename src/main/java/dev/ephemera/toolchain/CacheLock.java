package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One holder per name, among all processes that use the cache. The kernel gives it up when the holder's process ends in
 * whatever way, so nobody has to judge whether a holder still lives. Lock files stay: deleting one that somebody else has
 * just opened would make two holders.
 */
final class CacheLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration BETWEEN_REMARKS = Duration.ofSeconds(30);

    /**
     * Within one JVM a file lock does not exclude threads, and closing any channel of a file gives up the JVM's lock on it;
     * so threads queue here, and only one at a time opens the file.
     */
    private static final ConcurrentHashMap<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    private final Semaphore thread;
    private final FileChannel channel;

    private CacheLock(Semaphore thread, FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /** Waits up to {@code limit}; {@code waiting} is told at once that it waits, and every 30 s after. */
    static CacheLock acquire(Path file, Duration limit, Runnable waiting) throws IOException {
        long started = System.nanoTime();
        long remarked = Long.MIN_VALUE;
        while (true) {
            Optional<CacheLock> lock = tryAcquire(file);
            if (lock.isPresent()) {
                return lock.get();
            }
            long passed = System.nanoTime() - started;
            if (passed > limit.toNanos()) {
                throw new Failure(
                        Exit.LOCKED,
                        "another process has held " + file + " for more than " + Durations.text(limit)
                                + ": see what it does, end it if it hangs, and run again");
            }
            if (remarked == Long.MIN_VALUE || passed - remarked > BETWEEN_REMARKS.toNanos()) {
                remarked = passed;
                waiting.run();
            }
            pause();
        }
    }

    /** Empty when somebody holds it now. */
    static Optional<CacheLock> tryAcquire(Path file) throws IOException {
        Semaphore thread = THREADS.computeIfAbsent(file.toAbsolutePath(), f -> new Semaphore(1));
        if (!thread.tryAcquire()) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean held = false;
        try {
            Files.createDirectories(file.getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            held = lock != null;
            return held ? Optional.of(new CacheLock(thread, channel)) : Optional.empty();
        } finally {
            if (!held) {
                if (channel != null) {
                    channel.close();
                }
                thread.release();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted while waiting for another process; run again to go on", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        thread.release();
    }
}
