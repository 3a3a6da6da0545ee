package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program run by its full path (a bare name would be looked up on this JVM's PATH, not on the environment's), with
 * nothing to read from. When this process is told to end, the program and all that it started end with it.
 */
public record Command(List<String> line, Path directory, Map<String, String> environment) {
    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    /** Appends all output to a log; calls {@code tick} with the time passed, every so often. Returns the exit code. */
    public int run(Path log, Duration limit, Duration every, Consumer<Duration> tick) throws IOException {
        try (var child = new Child()) {
            Process process =
                    child.start(builder().redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile())));
            long started = System.nanoTime();
            while (!process.waitFor(every.toMillis(), TimeUnit.MILLISECONDS)) {
                Duration passed = Duration.ofNanos(System.nanoTime() - started);
                if (passed.compareTo(limit) > 0) {
                    throw new Failure(
                            Exit.FAILED,
                            "'" + line.get(0) + "' was still not done after " + Durations.text(limit)
                                    + " and was ended; its output so far is in " + log);
                }
                tick.accept(passed);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted while '" + line.get(0) + "' ran; run again to go on", e);
        }
    }

    /** What it prints; its messages are thrown away. Empty when it cannot be started, fails or takes too long. */
    Optional<String> output(Duration limit) {
        try (var child = new Child()) {
            Process process = child.start(builder().redirectError(Redirect.DISCARD));
            InputStream output = process.getInputStream();
            var text = CompletableFuture.supplyAsync(() -> readAll(output));
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0
                    ? Optional.of(text.join())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private ProcessBuilder builder() {
        var builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private static String readAll(InputStream output) {
        try {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * A process that ends, with its descendants, on close, and when the JVM is told to end (not when it is killed outright).
     * The JVM's hook is there before the process is, so that no moment is left in which one could end without the other.
     */
    private static final class Child implements AutoCloseable {
        private final Thread hook = new Thread(this::end, "end a child process");
        private @Nullable Process process;
        private boolean ended;

        Child() {
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException e) {
                ended = true;
            }
        }

        synchronized Process start(ProcessBuilder builder) throws IOException {
            if (ended) {
                throw new Failure(Exit.INTERRUPTED, "told to end; run again to go on");
            }
            process = builder.start();
            return process;
        }

        private synchronized void end() {
            ended = true;
            if (process != null && process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        }

        @Override
        public void close() {
            end();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending: the hook runs, or has run, and is wanted.
                return;
            }
        }
    }
}
