package dev.ephemera.cli;

import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.operations.Destroy;
import dev.ephemera.operations.Turns;
import dev.ephemera.operations.Up;
import java.time.Duration;
import java.util.Map;
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

    EnvironmentNames names() {
        return target.names();
    }

    /** Does {@code work} when nobody else works on the stack. */
    void inTurn(String verb, Runnable work) {
        new Turns(pulumi(), System.getenv(), timeout, StackWork::tell).take(names(), verb, work);
    }

    Up up(Map<String, String> facts) {
        return new Up(pulumi().with(facts), Target.project(), names(), timeout, StackWork::tell);
    }

    Destroy destroy() {
        return new Destroy(pulumi(), Target.project(), names(), timeout, StackWork::tell);
    }

    private Pulumi pulumi() {
        return new Pulumi(Target.project(), Map.of(), Interruption.ofThisProcess());
    }

    static void tell(String line) {
        System.out.println(line);
    }
}
