package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each resource of a stack waits for, as the state has it.
 *
 * @param direct the resources that one resource names itself, by its URN
 */
public record Dependencies(Map<String, Set<String>> direct) {

    /** Of a stack as {@code pulumi stack export} prints it. */
    public static Dependencies ofExport(String json) {
        try {
            var direct = new HashMap<String, Set<String>>();
            for (var resource : new ObjectMapper().readTree(json).at("/deployment/resources")) {
                var all = new HashSet<String>();
                texts(resource.path("dependencies")).forEach(all::add);
                resource.path("propertyDependencies")
                        .forEach(property -> texts(property).forEach(all::add));
                texts(List.of(resource.path("parent"))).forEach(all::add);
                direct.merge(resource.path("urn").asText(), all, (one, other) -> {
                    one.addAll(other);
                    return one;
                });
            }
            return new Dependencies(direct);
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.FAILED, "this is no stack: want what `pulumi stack export` prints", e);
        }
    }

    /** Whether {@code urn} could not begin before {@code other} had ended. */
    public boolean waitsFor(String urn, String other) {
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(Set.of(urn));
        while (!open.isEmpty()) {
            var next = open.remove();
            if (seen.add(next)) {
                open.addAll(direct.getOrDefault(next, Set.of()));
            }
        }
        return !urn.equals(other) && seen.contains(other);
    }

    private static Stream<String> texts(Iterable<JsonNode> nodes) {
        var texts = Stream.<String>builder();
        nodes.forEach(node -> {
            if (node.isTextual()) {
                texts.add(node.asText());
            }
        });
        return texts.build();
    }
}
