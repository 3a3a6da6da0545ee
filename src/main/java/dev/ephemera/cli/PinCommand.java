package dev.ephemera.cli;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.operations.Keep;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera pin}. */
@Command(
        name = "pin",
        description = {
            "Keep an environment until a day, whatever its age. A label of its pull request does the same: preview:until-DAY."
        },
        mixinStandardHelpOptions = true)
final class PinCommand implements Runnable {
    @Mixin
    private StackWork work = new StackWork();

    /** A pin that nobody remembers costs for as long as it holds. */
    private static final int MOST_DAYS = 90;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            required = true,
            description = "its last day, such as 2026-12-24, in UTC; 90 days from now at most")
    private LocalDate until = LocalDate.EPOCH;

    @Override
    public void run() {
        var today = LocalDate.now(ZoneOffset.UTC);
        if (until.isBefore(today) || until.isAfter(today.plusDays(MOST_DAYS))) {
            throw new Failure(
                    Exit.USAGE,
                    "--until: got %s, want a day from %s to %s".formatted(until, today, today.plusDays(MOST_DAYS)));
        }
        var end = until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        StackWork.tell(work.names(), new Keep(work.work()).pin(end));
    }
}
