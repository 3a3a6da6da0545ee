package dev.ephemera.engine;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Pulumi's command line, run in a project's directory as a person would type it. */
public final class Pulumi {
    /** As many lines as an error of the engine has, and its summary behind it. */
    private static final int KEPT_LINES = 400;

    private static final long POLL_MILLIS = 50;

    private static final Map<String, String> ALWAYS = Map.of(
            // Without it a checkout that lacks the stack's file gets another salt, and a KMS key is silently dropped.
            "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER", "true",
            "PULUMI_SKIP_UPDATE_CHECK", "true");

    private final Path project;
    private final Map<String, String> variables;
    private final Interruption interruption;

    /**
     * What a command has come to.
     *
     * @param code Pulumi's own exit code
     * @param lines the last ones that it wrote, on both outputs
     */
    public record Result(int code, List<String> lines) {
        public boolean succeeded() {
            return code == 0;
        }

        /** Whether it wrote {@code text} in one line. */
        public boolean said(String text) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }

    /**
     * Prepares to run commands.
     *
     * @param project where {@code Pulumi.yaml} is
     * @param variables in addition to this process's own
     */
    public Pulumi(Path project, Map<String, String> variables, Interruption interruption) {
        this.project = project;
        this.variables = Map.copyOf(variables);
        this.interruption = interruption;
    }

    /** The same, with more variables for each command. */
    public Pulumi with(Map<String, String> more) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        return new Pulumi(project, all, interruption);
    }

    /**
     * Runs it to its end.
     *
     * @param tell gets each line as it is written
     * @throws Failure when there is no {@code pulumi}, or a signal came before
     */
    public Result run(Consumer<String> tell, String... arguments) {
        if (interruption.came()) {
            throw new Failure(Exit.INTERRUPTED, "interrupted before `pulumi %s`; run again".formatted(arguments[0]));
        }
        try {
            // Into a file, not a pipe: should this process be killed, the engine goes on, and the next run waits for
            // it.
            var written = Files.createTempFile(
                    "ephemera-pulumi",
                    ".log",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                var process = start(written, arguments);
                interruption.running(process);
                return follow(written, process, tell);
            } finally {
                Files.delete(written);
            }
        } catch (IOException e) {
            throw new Failure(
                    Exit.USAGE,
                    "pulumi cannot be run: %s; put it on the PATH (ci/setup does)".formatted(e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted; run again", e);
        } finally {
            interruption.over();
        }
    }

    private static Result follow(Path written, Process process, Consumer<String> tell)
            throws IOException, InterruptedException {
        var kept = new ArrayDeque<String>();
        Consumer<String> told = line -> {
            tell.accept(line);
            kept.add(line);
            if (kept.size() > KEPT_LINES) {
                kept.remove();
            }
        };
        try (var reader = Files.newInputStream(written)) {
            var lines = new Lines(told);
            var ended = false;
            while (!ended) {
                // Asked before it is read: what was written until it ended is then there.
                ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
                lines.add(reader.readAllBytes());
            }
            lines.end();
        }
        return new Result(process.exitValue(), List.copyOf(kept));
    }

    private Process start(Path written, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        // A terminal's Ctrl-C goes to all its processes: the engine would get it twice, from the terminal and from us.
        program("setsid").ifPresent(command::add);
        command.add("pulumi");
        command.addAll(Arrays.asList(arguments));
        command.add("--non-interactive");
        var builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(written.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(ALWAYS);
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static Optional<String> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString);
    }
}
