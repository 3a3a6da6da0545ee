package dev.ephemera.cli;

import dev.ephemera.engine.Backend;
import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.operations.Turns;
import dev.ephemera.operations.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every verb that works on one stack, and what these verbs have in common. */
final class StackWork {
    @Mixin
    private Target target = new Target();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "15m",
            description =
                    "how long to wait for another run on this stack, and for the clouds to delete what the engine does not know of; default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ZERO;

    private @Nullable Work work;

    EnvironmentNames names() {
        return target.names();
    }

    /** Does {@code work} when nobody else works on the stack. */
    void inTurn(String verb, Runnable work) {
        inTurn(verb, run -> false, work);
    }

    /** As {@link #inTurn(String, Runnable)}, where somebody can tell whether a CI run has ended. */
    void inTurn(String verb, Predicate<String> runHasEnded, Runnable work) {
        var on = work();
        new Turns(on.pulumi(), on.environment(), on.limit(), runHasEnded, on.tell()).take(on.names(), verb, work);
    }

    Work work() {
        if (work == null) {
            work = on(names(), timeout);
        }
        return work;
    }

    /** What it takes to work on any environment of the project at hand. */
    static Work on(EnvironmentNames names, Duration timeout) {
        var project = Target.project();
        var pulumi = new Pulumi(project, Map.of(), Interruption.ofThisProcess());
        return new Work(pulumi, Backend.in(pulumi, System.getenv()), project, names, timeout, StackWork::tell);
    }

    /** Says when an environment ends by itself. */
    static void tell(EnvironmentNames names, Optional<Lifetime.End> end) {
        tell(end.map(each -> "%s ends at %s: %s".formatted(names.stack(), each.at(), each.reason()))
                .orElseGet(() -> "%s ends with its pull request".formatted(names.stack())));
    }

    static void tell(String line) {
        System.out.println(line);
    }
}
