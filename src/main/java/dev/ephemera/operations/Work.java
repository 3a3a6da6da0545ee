package dev.ephemera.operations;

import dev.ephemera.engine.Pulumi;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What every verb needs that works on one environment.
 *
 * @param environment this process's variables: they say where the state is, and which CI run this is
 * @param project where {@code Pulumi.yaml} is
 * @param limit how long to wait for the clouds, and for others
 * @param tell gets each line for the person who waits
 */
public record Work(
        Pulumi pulumi,
        Map<String, String> environment,
        Path project,
        EnvironmentNames names,
        Duration limit,
        Consumer<String> tell) {
    public Work {
        environment = Map.copyOf(environment);
    }

    /** The same, with more variables. */
    public Work with(Map<String, String> more) {
        var all = new HashMap<>(environment);
        all.putAll(more);
        return new Work(pulumi.with(more), all, project, names, limit, tell);
    }

    /** The same, for another environment of the project. */
    public Work on(EnvironmentNames other) {
        return new Work(pulumi, environment, project, other, limit, tell);
    }

    /** What is written down about the environment. */
    public StackRecords records() {
        return new StackRecords(this);
    }

    void tell(String line) {
        tell.accept(line);
    }

    /**
     * Runs Pulumi; the person who waits reads what it says.
     *
     * @throws Failure when it does not succeed
     */
    void must(String... arguments) {
        var result = pulumi.run(tell, arguments);
        if (!result.succeeded()) {
            throw EngineFailures.explain(result)
                    .orElseGet(() -> new Failure(
                            Exit.FAILED,
                            "pulumi %s failed for stack %s; its errors stand above. Run again when the cause is gone"
                                    .formatted(arguments[0], names.stack())));
        }
    }

    Failure noSuchStack() {
        return new Failure(Exit.USAGE, "there is no stack %s; `ci/ephemera up` makes one".formatted(names.stack()));
    }
}
