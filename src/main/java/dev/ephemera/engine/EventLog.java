package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Reads the file that {@code pulumi up --event-log FILE} writes, while it is written: the times in it are whole seconds, so
 * what counts is when a line arrives. Resources that are known as a component, whose steps are no work, are left out.
 */
public final class EventLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final LongSupplier nanoTime;
    private final long begun;
    private final StringBuilder incomplete = new StringBuilder();
    /** When each step that has not ended began, by its operation and resource. */
    private final Map<String, Duration> running = new LinkedHashMap<>();

    private final List<Step> steps = new ArrayList<>();

    /** A log of an update that begins now. */
    public EventLog() {
        this(System::nanoTime);
    }

    EventLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /**
     * Reads on until {@code ended}, and what is there then.
     *
     * @throws Failure when a line is none of the engine's events
     */
    public List<Step> follow(Path file, BooleanSupplier ended) {
        try (var channel = Files.newInputStream(file)) {
            while (true) {
                var last = ended.getAsBoolean();
                add(new String(channel.readAllBytes(), StandardCharsets.UTF_8));
                if (last) {
                    return List.copyOf(steps);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what has been written since the last time; a line may come in pieces. */
    void add(String text) {
        incomplete.append(text);
        for (int end = incomplete.indexOf("\n"); end >= 0; end = incomplete.indexOf("\n")) {
            event(incomplete.substring(0, end));
            incomplete.delete(0, end + 1);
        }
    }

    private void event(String line) {
        try {
            var event = JSON.readTree(line);
            began(event.at("/resourcePreEvent/metadata"));
            ended(event.at("/resOutputsEvent/metadata"), false);
            ended(event.at("/resOpFailedEvent/metadata"), true);
        } catch (JsonProcessingException e) {
            throw new Failure(
                    Exit.FAILED,
                    "the engine's event log has a line that is no JSON: want a file of `pulumi up --event-log`",
                    e);
        }
    }

    private void began(JsonNode step) {
        if (step.at("/new/custom").asBoolean(step.at("/old/custom").asBoolean())) {
            running.put(id(step), now());
        }
    }

    private void ended(JsonNode step, boolean failed) {
        var begin = running.remove(id(step));
        if (begin != null) {
            steps.add(new Step(step.path("urn").asText(), step.path("op").asText(), begin, now(), failed));
        }
    }

    private static String id(JsonNode step) {
        return step.path("op").asText() + " " + step.path("urn").asText();
    }

    private Duration now() {
        return Duration.ofNanos(nanoTime.getAsLong() - begun);
    }
}
