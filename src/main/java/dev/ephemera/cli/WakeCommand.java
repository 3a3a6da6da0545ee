package dev.ephemera.cli;

import dev.ephemera.operations.Sleep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ci/ephemera wake}. */
@Command(
        name = "wake",
        description = {"Start an environment's databases and then its pods, as many as there were."},
        mixinStandardHelpOptions = true)
final class WakeCommand implements Runnable {
    @Mixin
    private StackWork work = new StackWork();

    @Override
    public void run() {
        work.inTurn("wake", () -> new Sleep(work.work()).wake());
    }
}
