package dev.ephemera.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;

/** What the engine remembers of operations that did not end. It carries each along for ever until it is told to forget it. */
public final class PendingOperations {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Pulumi pulumi;
    private final String stack;

    public PendingOperations(Pulumi pulumi, String stack) {
        this.pulumi = pulumi;
        this.stack = stack;
    }

    /**
     * Forgets those of the resources that {@code urns} takes. Whoever calls this knows what has become of them.
     *
     * @throws Failure when Pulumi does not export or import the state
     */
    public void forget(Predicate<String> urns) {
        try {
            // Only the owner may read it: its secrets are encrypted, but the rest is nobody else's business either.
            var file = Files.createTempFile(
                    "ephemera-state",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                run("stack", "export", "--stack", stack, "--file", file.toString());
                var export = JSON.readTree(file.toFile());
                if (export.path("deployment") instanceof ObjectNode deployment
                        && deployment.path("pending_operations") instanceof ArrayNode operations) {
                    deployment.set("pending_operations", without(operations, urns));
                    Files.writeString(file, JSON.writeValueAsString(export));
                    run("stack", "import", "--stack", stack, "--file", file.toString());
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArrayNode without(ArrayNode operations, Predicate<String> urns) {
        var kept = JSON.createArrayNode();
        for (JsonNode operation : operations) {
            if (!urns.test(operation.at("/resource/urn").asText())) {
                kept.add(operation);
            }
        }
        return kept;
    }

    private void run(String... arguments) {
        var result = pulumi.run(line -> {}, arguments);
        if (!result.succeeded()) {
            throw new Failure(
                    Exit.FAILED,
                    "pulumi %s %s failed: %s".formatted(arguments[0], arguments[1], String.join(" ", result.lines())));
        }
    }
}
