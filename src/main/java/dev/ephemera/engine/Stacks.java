package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.ProjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The stacks of a project. */
public final class Stacks {
    /** What Pulumi calls a state, compressed or not; not what it keeps beside it. */
    private static final Pattern STATE = Pattern.compile("([A-Za-z0-9_.-]+?)\\.json(\\.gz|\\.zst)?");

    private Stacks() {}

    /**
     * Their names, in order.
     *
     * @param environment tells where the state is. In files or a bucket it is read directly: Pulumi lists nothing at all as
     *     long as one stack's files are broken, as a killed run leaves them
     * @throws Failure when the state's place does not answer
     */
    public static List<String> names(Pulumi pulumi, Map<String, String> environment, ProjectName project) {
        var beside = Backend.objects(pulumi, environment);
        if (beside.isEmpty()) {
            return asked(pulumi);
        }
        try (var objects = beside.get()) {
            return names(objects, project);
        }
    }

    static List<String> names(Objects objects, ProjectName project) {
        var folder = ".pulumi/stacks/%s/".formatted(project);
        var names = new TreeSet<String>();
        for (var key : objects.list(folder)) {
            var state = STATE.matcher(key.substring(folder.length()));
            if (state.matches()) {
                names.add(state.group(1));
            }
        }
        return List.copyOf(names);
    }

    private static List<String> asked(Pulumi pulumi) {
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
