package dev.ephemera.cli;

import dev.ephemera.operations.Keep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ci/ephemera unpin}. */
@Command(
        name = "unpin",
        description = {"Take a pin away: the environment ends when it would by itself."},
        mixinStandardHelpOptions = true)
final class UnpinCommand implements Runnable {
    @Mixin
    private StackWork work = new StackWork();

    @Override
    public void run() {
        StackWork.tell(work.names(), new Keep(work.work()).unpin());
    }
}
