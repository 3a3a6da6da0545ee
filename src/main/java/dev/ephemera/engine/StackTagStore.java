package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.StackTags;
import dev.ephemera.naming.ProjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The tags of a project's stacks. */
public interface StackTagStore extends AutoCloseable {
    /**
     * That of the backend: in files or a bucket the tags are read and written directly, as Pulumi writes them, because one
     * command of Pulumi's for each tag would take longer than an update that changes nothing.
     *
     * @param environment tells where the state is
     */
    static StackTagStore of(Pulumi pulumi, Map<String, String> environment, ProjectName project) {
        return Backend.objects(pulumi, environment)
                .<StackTagStore>map(objects -> new Beside(objects, project))
                .orElseGet(() -> new ByPulumi(pulumi));
    }

    /**
     * Those of all stacks of a project, whatever they are called, by their names.
     *
     * @param environment tells where the state is
     */
    static Map<String, StackTags> all(Pulumi pulumi, Map<String, String> environment, ProjectName project) {
        try (var store = of(pulumi, environment, project)) {
            return store.read(Stacks.names(pulumi, environment, project));
        }
    }

    /**
     * What they say now; nothing where there is no such stack.
     *
     * @throws Failure when the backend does not answer, or not with tags
     */
    StackTags read(String stack);

    /** Those of many stacks, by their names. */
    default Map<String, StackTags> read(List<String> stacks) {
        var tags = new TreeMap<String, StackTags>();
        stacks.forEach(stack -> tags.put(stack, read(stack)));
        return tags;
    }

    /**
     * Changes them; others, and what others have changed meanwhile, stay.
     *
     * @return what they say now
     * @throws Failure when the backend does not take them
     */
    StackTags change(String stack, UnaryOperator<StackTags> change);

    @Override
    void close();

    /** In files or a bucket. */
    record Beside(Objects objects, ProjectName project) implements StackTagStore {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final String TAGS = "tags";
        /** Pulumi's number for the form of such a file. */
        private static final int VERSION = 1;
        /** Each time somebody else was faster. */
        private static final int TRIES = 20;

        @Override
        public StackTags read(String stack) {
            return objects.get(key(stack)).map(held -> tags(stack, held.text())).orElse(StackTags.NONE);
        }

        /** A bucket answers each in its own time. */
        @Override
        public Map<String, StackTags> read(List<String> stacks) {
            return stacks.parallelStream()
                    .collect(Collectors.toMap(stack -> stack, this::read, (one, other) -> one, TreeMap::new));
        }

        @Override
        public StackTags change(String stack, UnaryOperator<StackTags> change) {
            for (var tries = 0; tries < TRIES; tries++) {
                var held = objects.get(key(stack));
                var old = held.map(there -> tags(stack, there.text())).orElse(StackTags.NONE);
                var changed = change.apply(old);
                if (changed.equals(old)
                        || held.map(there -> objects.replace(key(stack), json(there.text(), changed), there.version()))
                                .orElseGet(() -> objects.create(key(stack), json("{}", changed)))) {
                    return changed;
                }
            }
            throw new Failure(
                    Exit.LOCKED,
                    "the tags of stack %s are being changed by somebody else all the time".formatted(stack));
        }

        private String key(String stack) {
            return StateKeys.stacks(project) + stack + ".pulumi-tags";
        }

        private StackTags tags(String stack, String json) {
            try {
                return new StackTags(
                        JSON.convertValue(object(json).path(TAGS), new TypeReference<TreeMap<String, String>>() {}));
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        Exit.UNDECIDED,
                        "%s beside the state has no tags of a stack in it; `pulumi stack tag ls --stack %s` should list them"
                                .formatted(key(stack), stack),
                        e);
            }
        }

        private static String json(String old, StackTags tags) {
            var whole = object(old);
            whole.put("version", VERSION);
            whole.set(TAGS, JSON.valueToTree(new TreeMap<>(tags.values())));
            return whole.toString();
        }

        private static ObjectNode object(String json) {
            try {
                return (ObjectNode) JSON.readTree(json);
            } catch (JsonProcessingException | ClassCastException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        public void close() {
            objects.close();
        }
    }

    /** Through Pulumi's command line, for any other backend. */
    record ByPulumi(Pulumi pulumi) implements StackTagStore {
        @Override
        public StackTags read(String stack) {
            var printed = PrintedJson.of(pulumi, "stack", "tag", "ls", "--json", "--stack", stack);
            if (!printed.result().succeeded()) {
                return StackTags.NONE;
            }
            try {
                return new StackTags(new ObjectMapper()
                        .convertValue(printed.json('{'), new TypeReference<TreeMap<String, String>>() {}));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw new Failure(Exit.UNDECIDED, "pulumi stack tag ls --json printed something else", e);
            }
        }

        @Override
        public StackTags change(String stack, UnaryOperator<StackTags> change) {
            var old = read(stack);
            var changed = change.apply(old);
            changed.values().forEach((tag, value) -> {
                if (!Optional.of(value).equals(old.text(tag))) {
                    must("stack", "tag", "set", tag, value, "--stack", stack);
                }
            });
            old.values().keySet().stream()
                    .filter(tag -> !changed.values().containsKey(tag))
                    .forEach(tag -> must("stack", "tag", "rm", tag, "--stack", stack));
            return changed;
        }

        private void must(String... arguments) {
            var result = pulumi.run(line -> {}, arguments);
            if (!result.succeeded()) {
                throw new Failure(Exit.FAILED, "a stack's tag cannot be changed: " + String.join(" ", result.lines()));
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
