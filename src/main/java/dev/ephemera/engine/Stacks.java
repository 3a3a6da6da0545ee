package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The stacks of a project. */
public final class Stacks {
    private Stacks() {}

    /**
     * Their names, in order, as Pulumi lists them.
     *
     * @throws Failure when Pulumi does not answer
     */
    public static List<String> names(Pulumi pulumi) {
        var lines = new ArrayList<String>();
        var result = pulumi.run(lines::add, "stack", "ls", "--json");
        try {
            if (result.succeeded()) {
                var text = String.join("\n", lines);
                var names = new TreeSet<String>();
                // A warning may stand before it.
                new ObjectMapper()
                        .readTree(text.substring(Math.max(0, text.indexOf('['))))
                        .forEach(stack -> names.add(stack.path("name").asText()));
                return List.copyOf(names);
            }
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.UNDECIDED, "pulumi stack ls --json printed something else", e);
        }
        throw new Failure(Exit.UNDECIDED, "the stacks cannot be listed: " + String.join(" ", result.lines()));
    }
}
