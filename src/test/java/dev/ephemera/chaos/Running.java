package dev.ephemera.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A command of {@code ci/ephemera} that runs, with the processes that it has started. */
final class Running {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Process process;
    private final Path log;
    private final long began = System.nanoTime();

    Running(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    Path log() {
        return log;
    }

    /** Whether it has written this so far, in whatever case. */
    boolean said(String words) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .toLowerCase(java.util.Locale.ROOT)
                    .contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle itself() {
        return process.toHandle();
    }

    /** The command's own process first. */
    List<ProcessHandle> family() {
        return Stream.concat(Stream.of(itself()), process.descendants()).toList();
    }

    /** The newest of the processes that it has started which are such. */
    Optional<ProcessHandle> started(Predicate<ProcessHandle> such) {
        return process.descendants().filter(such).reduce((one, other) -> other);
    }

    /** Waits for something to be so, as long as the command runs. */
    boolean whileItRuns(Duration longest, BooleanSupplier isSo) {
        var end = System.nanoTime() + longest.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            if (isSo.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return false;
    }

    /** Its exit code; empty when it had to be killed because it did not end. */
    OptionalInt await(Duration longest) {
        try {
            if (process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return OptionalInt.of(process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family().forEach(ProcessHandle::destroyForcibly);
        return OptionalInt.empty();
    }
}
