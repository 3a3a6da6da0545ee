package dev.ephemera.cli;

import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.operations.Destroy;
import dev.ephemera.operations.Turns;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera destroy}. */
@Command(
        name = "destroy",
        description = {
            "End an environment, and prove that nothing of it is left in cluster, AWS and DNS.",
            "Exit 7: something is left; it is listed, and the stack stays. Run it again when the cause is gone."
        },
        mixinStandardHelpOptions = true)
final class DestroyCommand implements Runnable {
    @Mixin
    private Target target = new Target();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "15m",
            description =
                    "how long to wait for another run on this stack, and for the clouds to delete what the engine no longer knows of; default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ZERO;

    @Override
    public void run() {
        var names = target.names();
        var project = Target.project();
        var pulumi = new Pulumi(project, Map.of(), Interruption.ofThisProcess());
        var work = new Destroy(pulumi, project, names, timeout, System.out::println);
        new Turns(pulumi, System.getenv(), timeout, System.out::println).take(names, "destroy", work::run);
    }
}
