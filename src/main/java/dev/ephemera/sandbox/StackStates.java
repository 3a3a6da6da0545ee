package dev.ephemera.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Reads Pulumi's {@code file://} backend for the one question of what would be orphaned if the cloud went. */
final class StackStates {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StackStates() {}

    /**
     * Stacks ({@code project/stack}) that hold something outside the state, and how much of it. An operation that was
     * interrupted counts, since what it was making may be there.
     */
    static SortedMap<String, Integer> withResources(Path state) throws IOException {
        var stacks = state.resolve(Path.of(".pulumi", "stacks"));
        var found = new TreeMap<String, Integer>();
        if (!Files.isDirectory(stacks)) {
            return found;
        }
        try (var files = Files.walk(stacks, 2)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = stacks.relativize(file).toString();
                if (name.endsWith(".json") || name.endsWith(".json.gz")) {
                    var count = count(file);
                    if (count > 0) {
                        found.put(name.substring(0, name.lastIndexOf(".json")), count);
                    }
                }
            }
        }
        return found;
    }

    /** {@code shop/pr-1 (12 resources), shop/pr-2 (1 resource)}. */
    static String describe(SortedMap<String, Integer> stacks) {
        return stacks.entrySet().stream()
                .map(stack -> stack.getKey() + " (" + stack.getValue() + " resource"
                        + (stack.getValue() == 1 ? "" : "s") + ")")
                .collect(Collectors.joining(", "));
    }

    private static int count(Path file) throws IOException {
        JsonNode latest;
        try (var stream = open(file)) {
            latest = JSON.readTree(stream).path("checkpoint").path("latest");
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new Failure(
                    Exit.FAILED,
                    file + " is not a state that Pulumi wrote, so nobody knows what the stack holds; mend it, or run "
                            + "ci/sandbox --reset, which deletes it",
                    e);
        }
        var count = 0;
        for (var resource : latest.path("resources")) {
            if (isOutside(resource)) {
                count++;
            }
        }
        for (var operation : latest.path("pending_operations")) {
            if (isOutside(operation.path("resource"))) {
                count++;
            }
        }
        return count;
    }

    /** Components, providers and the engine's own resources exist in the state only. */
    private static boolean isOutside(JsonNode resource) {
        return resource.path("custom").asBoolean()
                && !resource.path("type").asText().startsWith("pulumi:");
    }

    private static InputStream open(Path file) throws IOException {
        var stream = Files.newInputStream(file);
        return Objects.requireNonNull(file.getFileName()).toString().endsWith(".gz")
                ? new GZIPInputStream(stream)
                : stream;
    }
}
