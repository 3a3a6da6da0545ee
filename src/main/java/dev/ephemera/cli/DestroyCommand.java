package dev.ephemera.cli;

import dev.ephemera.operations.Destroy;
import dev.ephemera.operations.PullRequestGuard;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ci/ephemera destroy}. */
@Command(
        name = "destroy",
        description = {
            "End an environment, and prove that nothing of it is left in cluster, AWS and DNS.",
            "With a forge, that of a pull request which is open, or open again, is left alone (exit 4).",
            "Exit 7: something is left; it is listed, and the stack stays. Run it again when the cause is gone."
        },
        mixinStandardHelpOptions = true)
final class DestroyCommand implements Runnable {
    @Mixin
    private StackWork work = new StackWork();

    @Mixin
    private ForgeOptions forge = new ForgeOptions();

    @Override
    public void run() {
        var guard = forge.guard(work.names(), Optional.empty());
        work.inTurn("destroy", forge::hasEnded, () -> guard.ifPresentOrElse(this::destroy, this::destroy));
    }

    private void destroy(PullRequestGuard guard) {
        guard.destroy(this::destroy);
    }

    private void destroy() {
        new Destroy(work.work()).run();
    }
}
