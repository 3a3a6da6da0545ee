package dev.ephemera.cli;

import dev.ephemera.engine.Dependencies;
import dev.ephemera.engine.EventLog;
import dev.ephemera.engine.Step;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.report.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ci/bench/timeline}. */
@Command(
        name = "ci/bench/timeline",
        description = {
            "Bring a stack up, and print where the time went: a line for each resource, and what came after the database.",
            "For example: ci/sandbox --restore-time 20s ci/bench/timeline pr-9 --skip-preview"
        },
        mixinStandardHelpOptions = true)
public final class TimelineCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "STACK", description = "made where there is none yet")
    private String stack = "";

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "further options of pulumi up")
    private List<String> options = new ArrayList<>();

    private TimelineCommand() {}

    public static void main(String[] arguments) {
        System.exit(Commands.of(new TimelineCommand())
                .setStopAtPositional(true)
                .setUnmatchedOptionsArePositionalParams(true)
                .execute(arguments));
    }

    @Override
    public void run() {
        run(List.of("pulumi", "stack", "select", "--create", stack));
        System.out.println(timeline().text());
    }

    private Timeline timeline() {
        try {
            var file = Files.createTempFile("ephemera-events", ".json");
            try {
                var command = new ArrayList<>(
                        List.of("pulumi", "up", "--stack", stack, "--yes", "--event-log", file.toString()));
                command.addAll(options);
                var begun = System.nanoTime();
                var log = new EventLog();
                var builder = new ProcessBuilder(command).inheritIO();
                // The engine has no event log to choose otherwise.
                builder.environment().put("PULUMI_DEBUG_COMMANDS", "true");
                var process = builder.start();
                List<Step> steps = log.follow(file, () -> !process.isAlive());
                var whole = Duration.ofNanos(System.nanoTime() - begun);
                if (process.exitValue() != 0) {
                    throw new Failure(Exit.FAILED, "pulumi up failed; what it said stands above");
                }
                return new Timeline(steps, dependencies(), whole);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Dependencies dependencies() {
        return Dependencies.ofExport(run(List.of("pulumi", "stack", "export", "--stack", stack)));
    }

    private static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Failure(
                        Exit.FAILED, "%s failed; what it said stands above".formatted(String.join(" ", command)));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
