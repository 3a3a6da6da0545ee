package dev.ephemera.operations;

import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Makes an environment, or brings it up to date, after mending what a killed run left. */
public final class Up {
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
     * @throws Failure when it is not up, and why
     */
    public void run() {
        var stack = names.stack().value();
        StackState.of(pulumi, stack).ifPresent(this::mend);
        must("stack", "select", "--create", stack);
        must("up", "--stack", stack, "--yes", "--skip-preview", "--color", "never");
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
