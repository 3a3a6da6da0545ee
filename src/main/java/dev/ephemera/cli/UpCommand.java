package dev.ephemera.cli;

import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.operations.Up;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera up}. */
@Command(
        name = "up",
        description = "Make an environment, or bring it up to date, after mending what a run that was killed has left.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Runnable {
    @Mixin
    private Target target = new Target();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "15m",
            description = "how long to wait for AWS to delete what a killed run left; default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ZERO;

    @Override
    public void run() {
        var names = target.names();
        var project = Target.project();
        var pulumi = new Pulumi(project, Map.of(), Interruption.ofThisProcess());
        new Up(pulumi, project, names, timeout, System.out::println).run();
    }
}
