package dev.ephemera.cli;

import dev.ephemera.operations.Destroy;
import dev.ephemera.operations.PullRequestGuard;
import dev.ephemera.operations.Up;
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
    private StackWork work = new StackWork();

    @Mixin
    private ForgeOptions forge = new ForgeOptions();

    @Mixin
    private DotenvOption dotenv = new DotenvOption();

    @Option(
            names = "--commit",
            paramLabel = "SHA",
            defaultValue = "${env:EPHEMERA_COMMIT}",
            description = "the commit that was built; default: EPHEMERA_COMMIT")
    private @Nullable String commit;

    @Override
    public void run() {
        var guard = forge.guard(work.names(), Optional.ofNullable(commit));
        work.inTurn("up", forge::hasEnded, () -> guard.ifPresentOrElse(this::up, () -> up(Map.of())));
    }

    private void up(PullRequestGuard guard) {
        guard.up(this::up, () -> {
            new Destroy(work.work()).run();
            dotenv.write(Optional.empty());
        });
    }

    private Up.Deployed up(Map<String, String> facts) {
        var deployed = new Up(work.work().with(facts)).run();
        dotenv.write(deployed.address());
        return deployed;
    }
}
