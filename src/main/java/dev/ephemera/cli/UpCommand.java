package dev.ephemera.cli;

import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.operations.Destroy;
import dev.ephemera.operations.PullRequestUp;
import dev.ephemera.operations.Turns;
import dev.ephemera.operations.Up;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera up}. */
@Command(
        name = "up",
        description = {
            "Make an environment, or bring it up to date, after mending what a run that was killed has left.",
            "With a forge, a pull request that is closed, shows another commit or comes from a fork without a maintainer's label is refused (exit 4), and one that is closed meanwhile is destroyed."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Runnable {
    @Mixin
    private Target target = new Target();

    @Mixin
    private ForgeOptions forge = new ForgeOptions();

    @Option(
            names = "--commit",
            paramLabel = "SHA",
            defaultValue = "${env:EPHEMERA_COMMIT}",
            description = "the commit that was built; default: EPHEMERA_COMMIT")
    private @Nullable String commit;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "15m",
            description =
                    "how long to wait for another run on this stack, and for AWS to delete what a killed run left; default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ZERO;

    @Override
    public void run() {
        var names = target.names();
        var project = Target.project();
        var pulumi = new Pulumi(project, Map.of(), Interruption.ofThisProcess());
        new Turns(pulumi, System.getenv(), timeout, System.out::println)
                .take(names, "up", () -> up(names, project, pulumi));
    }

    private void up(EnvironmentNames names, Path project, Pulumi pulumi) {
        var asked = forge.forge();
        var number = names.stack().pullRequest();
        if (asked.isEmpty() || number.isEmpty()) {
            up(names, project, pulumi, Map.of());
            return;
        }
        new PullRequestUp(asked.get(), number.getAsLong(), Optional.ofNullable(commit), System.out::println)
                .run(
                        facts -> up(names, project, pulumi, facts),
                        () -> new Destroy(pulumi, project, names, timeout, System.out::println).run());
    }

    private void up(EnvironmentNames names, Path project, Pulumi pulumi, Map<String, String> facts) {
        new Up(pulumi.with(facts), project, names, timeout, System.out::println).run();
    }
}
