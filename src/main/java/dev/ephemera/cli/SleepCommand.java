package dev.ephemera.cli;

import dev.ephemera.operations.Sleep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ci/ephemera sleep}. */
@Command(
        name = "sleep",
        description = {
            "Let an environment's pods end and stop its databases, so that it costs little more than their storage.",
            "The next wake or up wakes it; so does reap when the hours begin that sleep.outside names."
        },
        mixinStandardHelpOptions = true)
final class SleepCommand implements Runnable {
    @Mixin
    private StackWork work = new StackWork();

    @Override
    public void run() {
        work.inTurn("sleep", () -> new Sleep(work.work()).sleep());
    }
}
