package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;

/** Lets one at a time start or end parts of a sandbox. The system frees it when its holder ends, however that ends. */
final class SandboxLock implements AutoCloseable {
    /** A start takes seconds; who holds it for longer has been stopped with it. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final FileChannel channel;

    private SandboxLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws Failure with {@link Exit#LOCKED} when somebody else holds it for three minutes
     */
    static SandboxLock take(Path file, Consumer<String> progress) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var end = System.nanoTime() + LIMIT.toNanos();
        var told = false;
        while (tryLock(channel) == null) {
            if (System.nanoTime() - end >= 0) {
                channel.close();
                throw new Failure(
                        Exit.LOCKED,
                        "another ci/sandbox (pid " + holder(file) + ") has been starting or ending this sandbox for "
                                + LIMIT.toMinutes() + " minutes; see what it does, or end it, and run again");
            }
            if (!told) {
                progress.accept("Waiting for another ci/sandbox that is starting or ending this sandbox ...");
                told = true;
            }
            Waiting.pause();
        }
        channel.truncate(0);
        channel.write(java.nio.ByteBuffer.wrap(
                (ProcessHandle.current().pid() + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        return new SandboxLock(channel);
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
