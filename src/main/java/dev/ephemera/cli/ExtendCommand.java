package dev.ephemera.cli;

import dev.ephemera.operations.Keep;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera extend}. */
@Command(
        name = "extend",
        description = {"Let an environment live on though nothing happens, not longer than lifetime.maximum."},
        mixinStandardHelpOptions = true)
final class ExtendCommand implements Runnable {
    @Mixin
    private StackWork work = new StackWork();

    @Option(
            names = "--by",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "48h",
            description = "how long from now; default: ${DEFAULT-VALUE}")
    private Duration by = Duration.ZERO;

    @Override
    public void run() {
        StackWork.tell(work.names(), new Keep(work.work()).extend(by));
    }
}
