package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Whether parts live and answer, and what is said when one does not. */
final class Health {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A process that was killed counts as ended when its first thread has; its ports are free when all have. */
    private static final Duration RELEASE = Duration.ofSeconds(5);

    private final Processes processes;
    private final Addresses addresses;
    private final Consumer<String> progress;

    Health(Processes processes, Addresses addresses, Consumer<String> progress) {
        this.processes = processes;
        this.addresses = addresses;
        this.progress = progress;
    }

    /** A part that has ended is named; one that runs and does not answer is named and ended. */
    void nameIfEnded(Part part) throws IOException {
        var record = processes.record(part);
        if (record.isEmpty()) {
            return;
        }
        var process = record.get().process();
        var alive = process.isAlive();
        if (alive && addresses.answers(part)) {
            return;
        }
        progress.accept(part.label() + " (pid " + process.pid() + ") "
                + (alive ? "runs but does not answer on " + addresses.describe(part) : "has ended")
                + logOf(part));
        processes.end(part);
    }

    boolean areAlive(Set<Part> parts) {
        return parts.stream().allMatch(this::isAlive);
    }

    /**
     * @throws Failure when a part is about to be started where somebody else listens
     */
    void refuseTakenPorts(Set<Part> parts) {
        for (var part : parts) {
            var port = addresses.ports().of(part);
            if (!isAlive(part) && !Waiting.until(() -> Ports.isFree(port), RELEASE)) {
                throw new Failure(
                        Exit.FAILED,
                        "port " + port + " on 127.0.0.1, where " + part.label()
                                + " of this sandbox listens, has been taken by another process; end that one, or run "
                                + "ci/sandbox --reset, which chooses other ports");
            }
        }
    }

    /** Returns when the part accepts connections. */
    void await(Part part) {
        await(part, () -> addresses.answers(part));
    }

    /**
     * @throws Failure when the part ends or is not ready after a minute
     */
    void await(Part part, BooleanSupplier ready) {
        var alive = new AtomicBoolean();
        var inTime = Waiting.until(
                () -> {
                    alive.set(isAlive(part));
                    return !alive.get() || ready.getAsBoolean();
                },
                LIMIT);
        if (!alive.get()) {
            throw new Failure(Exit.FAILED, part.label() + " ended as soon as it was started" + logOf(part));
        }
        if (!inTime) {
            throw new Failure(
                    Exit.FAILED, part.label() + " did not answer within " + LIMIT.toSeconds() + " s" + logOf(part));
        }
    }

    private String logOf(Part part) {
        var log = processes.log(part);
        return "; its log: " + log + "; its last lines: " + LastLines.of(log);
    }

    private boolean isAlive(Part part) {
        try {
            return processes.isAlive(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
