package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the engine keeps of one stack. Secrets in it are encrypted.
 *
 * @param pending what a command that did not end was doing: the thing may be there or not
 */
public record StackState(List<Resource> resources, List<Pending> pending) {
    /** Pulumi's exit code for a stack that is not there, since 3.227. */
    private static final int NO_SUCH_STACK = 6;

    private static final String STACK = "pulumi:pulumi:Stack";
    private static final List<String> WRITTEN_BY_A_NEWER_ONE =
            List.of("unsupported checkpoint version", "needs support for the following features");
    private static final String NO_SUCH_STACK_WORDS = "no stack named";

    /**
     * A resource as the state has it.
     *
     * @param id by which its provider knows it; empty for a component
     */
    public record Resource(String urn, String type, String id, JsonNode inputs, JsonNode outputs) {
        /** The name that the program gave it. */
        public String name() {
            return urn.substring(urn.lastIndexOf("::") + 2);
        }

        /** Whether it exists outside the state too: components, providers and the engine's own resources do not. */
        public boolean isOutside() {
            return !id.isEmpty() && !type.startsWith("pulumi:");
        }

        private static Resource of(JsonNode node) {
            return new Resource(
                    node.path("urn").asText(),
                    node.path("type").asText(),
                    node.path("custom").asBoolean() ? node.path("id").asText() : "",
                    node.path("inputs"),
                    node.path("outputs"));
        }
    }

    /**
     * An operation that began and of whose end nothing is known.
     *
     * @param doing {@code creating}, {@code updating}, {@code deleting}, {@code reading} or {@code importing}
     */
    public record Pending(String doing, Resource resource) {}

    public StackState {
        resources = List.copyOf(resources);
        pending = List.copyOf(pending);
    }

    /**
     * Asks Pulumi for it.
     *
     * @return empty where there is no such stack
     * @throws Failure when Pulumi does not answer, or with something else than a state
     */
    public static Optional<StackState> of(Pulumi pulumi, String stack) {
        var printed = PrintedJson.of(pulumi, "stack", "export", "--stack", stack);
        var result = printed.result();
        if (result.code() == NO_SUCH_STACK || !result.succeeded() && result.said(NO_SUCH_STACK_WORDS)) {
            return Optional.empty();
        }
        if (WRITTEN_BY_A_NEWER_ONE.stream().anyMatch(result::said)) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "the state of stack %s was written by a newer Pulumi than this one: %s; nothing was changed; run it with that version or a later one"
                            .formatted(stack, String.join(" ", result.lines())));
        }
        if (!result.succeeded()) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "the state of stack %s cannot be read: %s".formatted(stack, String.join(" ", result.lines())));
        }
        return Optional.of(parse(printed.text()));
    }

    static StackState parse(String export) {
        try {
            var deployment = PrintedJson.read(export, '{').path("deployment");
            return new StackState(
                    elements(deployment.path("resources")).map(Resource::of).toList(),
                    elements(deployment.path("pending_operations"))
                            .map(operation -> new Pending(
                                    operation.path("type").asText(), Resource.of(operation.path("resource"))))
                            .toList());
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.UNDECIDED, "pulumi stack export printed something else than a state", e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        var elements = new ArrayList<JsonNode>();
        array.forEach(elements::add);
        return elements.stream();
    }

    /** Whether nothing outside the state is in it, or may be. */
    public boolean isEmpty() {
        return pending.isEmpty() && resources.stream().noneMatch(Resource::isOutside);
    }

    /** What the program has exported; missing where no update has ended. Secrets in it are encrypted. */
    public JsonNode stackOutputs() {
        return resources.stream()
                .filter(resource -> resource.type().equals(STACK))
                .map(Resource::outputs)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
