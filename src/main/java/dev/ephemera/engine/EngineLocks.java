package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.process.ProcessIdentity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * The engine's own locks of one stack, which lie beside its state. They have no end: one whose process is gone stays until
 * somebody takes it away. Only the holder of the {@link Lease} does.
 */
public final class EngineLocks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LOCK = ".json";
    private static final String ATTRIBUTES = ".attrs";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Objects objects;
    private final String prefix;
    private final Set<String> endedHosts;

    /**
     * Those of one stack.
     *
     * @param endedHosts names of machines whose work on the stack has ended for certain: their locks are the dead's
     */
    public EngineLocks(Objects objects, EnvironmentNames names, Set<String> endedHosts) {
        this.objects = objects;
        this.endedHosts = Set.copyOf(endedHosts);
        this.prefix = StateKeys.locks(names.project()) + names.stack() + "/";
    }

    /**
     * Waits until there is none, and takes away those whose process, one of this machine, has ended for certain.
     *
     * @param longest how long to wait for the others
     * @param tell gets a line when one is taken away, or waited for
     * @throws Failure when one is left
     */
    public void awaitNone(Duration longest, Consumer<String> tell) {
        var end = System.nanoTime() + longest.toNanos();
        var left = breakThoseOfTheDead(tell);
        if (!left.isEmpty()) {
            tell.accept("waiting for another Pulumi command on this stack: " + left);
        }
        while (!left.isEmpty()) {
            if (System.nanoTime() - end >= 0) {
                throw new Failure(
                        Exit.LOCKED,
                        "another Pulumi command works on this stack (%s), and was waited for as long as told; run again when it has ended. If it has ended without a trace on another machine, `pulumi cancel` takes its lock away"
                                .formatted(left));
            }
            Interruption.ofThisProcess().pause(PAUSE);
            left = breakThoseOfTheDead(tell);
        }
    }

    /** Whose locks are left, in words; empty when none is. */
    private String breakThoseOfTheDead(Consumer<String> tell) {
        var left = new StringJoiner(", ");
        for (var key : objects.list(prefix)) {
            // Beside each lock, a file backend has a file of its attributes, which goes with it.
            if (!key.endsWith(LOCK)) {
                continue;
            }
            objects.get(key).ifPresent(lock -> {
                if ((isOfAnEndedHost(lock.text()) || isOfTheDead(lock.text())) && objects.delete(key, lock.version())) {
                    objects.get(key + ATTRIBUTES)
                            .ifPresent(attributes -> objects.delete(key + ATTRIBUTES, attributes.version()));
                    tell.accept("took away the lock of a Pulumi process that has ended without giving it back");
                } else {
                    left.add(owner(lock.text()));
                }
            });
        }
        return left.toString();
    }

    static String owner(String lock) {
        try {
            var node = JSON.readTree(lock);
            return "process %d of %s since %s"
                    .formatted(
                            node.path("pid").asLong(),
                            node.path("hostname").asText(),
                            node.path("timestamp").asText());
        } catch (JsonProcessingException e) {
            // Half written: it is whole when it is looked at again.
            return "one that has just begun";
        }
    }

    /** A machine that is told from this one by its name; of this one's processes more is known. */
    private boolean isOfAnEndedHost(String lock) {
        try {
            var host = JSON.readTree(lock).path("hostname").asText();
            return endedHosts.contains(host)
                    && !host.equals(InetAddress.getLocalHost().getHostName());
        } catch (JsonProcessingException | UnknownHostException e) {
            return false;
        }
    }

    static boolean isOfTheDead(String lock) {
        try {
            var node = JSON.readTree(lock);
            return node.path("hostname")
                            .asText()
                            .equals(InetAddress.getLocalHost().getHostName())
                    && hasEnded(
                            node.path("pid").asLong(),
                            OffsetDateTime.parse(node.path("timestamp").asText())
                                    .toInstant());
        } catch (JsonProcessingException | UnknownHostException | DateTimeParseException e) {
            return false;
        }
    }

    /** An id that was given to another process since counts as ended: that one began after the lock was made. */
    private static boolean hasEnded(long pid, Instant locked) {
        return ProcessIdentity.of(pid)
                .flatMap(process -> ProcessHandle.of(process.pid()))
                .map(process -> process.info()
                        .startInstant()
                        .filter(start -> start.isAfter(locked.plusSeconds(1)))
                        .isPresent())
                .orElse(true);
    }
}
