package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.ProjectName;
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
        var folder = StateKeys.stacks(project);
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
        var printed = PrintedJson.of(pulumi, "stack", "ls", "--json");
        try {
            if (printed.result().succeeded()) {
                var names = new TreeSet<String>();
                printed.json('[').forEach(stack -> names.add(stack.path("name").asText()));
                return List.copyOf(names);
            }
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.UNDECIDED, "pulumi stack ls --json printed something else", e);
        }
        throw new Failure(
                Exit.UNDECIDED,
                "the stacks cannot be listed: "
                        + String.join(" ", printed.result().lines()));
    }
}
