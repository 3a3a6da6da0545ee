package dev.ephemera.cli;

import dev.ephemera.config.ProjectFile;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.lifecycle.Reaping;
import dev.ephemera.lifecycle.Verdict;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.StackName;
import dev.ephemera.operations.Reap;
import dev.ephemera.operations.Turns;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera reap}. */
@Command(
        name = "reap",
        description = {
            "Destroy the environments of pull requests that are not open, and those whose time is over; let the others sleep and wake by the hours of the week.",
            "It prints a table of verdicts; with --yes it does what the table says.",
            "Exit 8: forge, cluster or cloud did not answer well enough to decide; nothing was deleted."
        },
        mixinStandardHelpOptions = true)
final class ReapCommand implements Runnable {
    /** Whoever works on a stack for longer is left alone: the next reap looks again. */
    private static final Duration BUSY = Duration.ofSeconds(30);

    @Mixin
    private ForgeOptions forge = new ForgeOptions();

    @Option(names = "--yes", description = "do it; without, nothing is changed")
    private boolean yes;

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            defaultValue = "10",
            description = "destroy none at all where there would be more; default: ${DEFAULT-VALUE}")
    private int most;

    @Option(names = "--allow-empty", description = "believe a forge that names no open pull request at all")
    private boolean allowEmpty;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "15m",
            description = "how long to wait for the clouds, for each stack; default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ZERO;

    @Override
    public void run() {
        var asked = forge.forge()
                .orElseThrow(() ->
                        new Failure(Exit.USAGE, "want --forge: without it nobody says which pull requests are open"));
        var project = ProjectFile.name(Target.project());
        // Of any stack: the plan is about all of them.
        var any = StackWork.on(new EnvironmentNames(project, StackName.ofPullRequest(1)), timeout);
        var reap = new Reap(asked, project, stack -> any.on(new EnvironmentNames(project, stack)), Clock.systemUTC());
        var plan = reap.plan(any, new Reaping.Bounds(most, allowEmpty));
        plan.verdicts().forEach(ReapCommand::print);
        if (yes) {
            reap.carryOut(plan, new Turns(any.pulumi(), any.environment(), BUSY, forge::hasEnded, any.tell()));
        } else {
            plan.doubts().forEach(doubt -> System.out.println("With --yes nothing would be deleted: " + doubt));
            System.out.println("Nothing was changed; --yes does it.");
        }
    }

    private static void print(Verdict verdict) {
        System.out.printf("%-8s %-24s %s (%s)%n", verdict.action(), verdict.stack(), verdict.reason(), verdict.found());
    }
}
