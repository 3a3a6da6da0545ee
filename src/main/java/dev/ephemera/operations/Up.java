package dev.ephemera.operations;

import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes an environment, or brings it up to date, after mending what a killed run left. */
public final class Up {
    private static final String STASH = "pulumi:index:Stash";
    /** Behind a database's key: the name of the stash that holds its snapshot. */
    private static final String SNAPSHOT = "-snapshot";

    private final Pulumi pulumi;
    private final Path project;
    private final EnvironmentNames names;
    private final Duration limit;
    private final Consumer<String> tell;

    /**
     * Prepares it.
     *
     * @param project where {@code Pulumi.yaml} is
     * @param limit how long to wait for AWS to delete what a killed run left
     * @param tell gets each line for the person who waits
     */
    public Up(Pulumi pulumi, Path project, EnvironmentNames names, Duration limit, Consumer<String> tell) {
        this.pulumi = pulumi;
        this.project = project;
        this.names = names;
        this.limit = limit;
        this.tell = tell;
    }

    /**
     * Brings it up.
     *
     * @return where a browser opens it; empty when no workload is exposed
     * @throws Failure when it is not up, and why
     */
    public Optional<String> run() {
        StackState.of(pulumi, names.stack().value()).ifPresent(this::mend);
        must("stack", "select", "--create", names.stack().value());
        up(List.of());
        return address();
    }

    private Optional<String> address() {
        var lines = new ArrayList<String>();
        var result = pulumi.run(
                lines::add, "stack", "output", "url", "--stack", names.stack().value());
        return result.succeeded() ? lines.stream().findFirst() : Optional.empty();
    }

    /**
     * Restores databases anew: another password, and the jobs on it, while everything else stays.
     *
     * @param database its key; empty for all
     * @throws Failure when there is no such environment or database, or it is not up, and why
     */
    public void reseed(Optional<Key> database) {
        var state = StackState.of(pulumi, names.stack().value())
                .orElseThrow(() -> new Failure(
                        Exit.USAGE, "there is no stack %s; `ci/ephemera up` makes one".formatted(names.stack())));
        mend(state);
        var choices = state.resources().stream()
                .filter(resource -> resource.type().equals(STASH)
                        && resource.name().endsWith(SNAPSHOT)
                        && database.filter(key -> !resource.name().equals(key + SNAPSHOT))
                                .isEmpty())
                .map(StackState.Resource::urn)
                .toList();
        if (choices.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "stack %s has no database%s to restore anew"
                            .formatted(
                                    names.stack(),
                                    database.map(key -> " " + key).orElse("")));
        }
        up(choices.stream().flatMap(urn -> Stream.of("--replace", urn)).toList());
    }

    private void up(List<String> more) {
        var arguments = new ArrayList<>(
                List.of("up", "--stack", names.stack().value(), "--yes", "--skip-preview", "--color", "never"));
        arguments.addAll(more);
        must(arguments.toArray(String[]::new));
    }

    private void mend(StackState state) {
        if (state.pending().isEmpty()) {
            return;
        }
        var where = Whereabouts.of(state, project);
        where.admit(names.stack());
        try (var clouds = where.clouds()) {
            new Recovery(pulumi, names, tell).run(state, clouds, limit);
        }
    }

    private void must(String... arguments) {
        var result = pulumi.run(tell, arguments);
        if (!result.succeeded()) {
            throw EngineFailures.explain(result)
                    .orElseGet(() -> new Failure(
                            Exit.FAILED,
                            "pulumi %s failed for stack %s; its errors stand above. Run again when the cause is gone"
                                    .formatted(arguments[0], names.stack())));
        }
    }
}
