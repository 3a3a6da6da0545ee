package dev.ephemera.demo;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a command as a user would type it, shows it and what it prints, and keeps the text. */
public final class Typed {
    private final Path directory;
    private final PrintStream out;

    public Typed(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    /** What came of a command. */
    record Result(int exitCode, List<String> lines, Duration duration) {}

    /**
     * Runs {@code command} with {@code variables} added to the environment, and waits for its end.
     *
     * @throws Failure when it cannot be started
     */
    Result run(Map<String, String> variables, String... command) {
        return run(true, variables, command);
    }

    /** The same without showing what it prints, which is long. */
    Result quietly(Map<String, String> variables, String... command) {
        return run(false, variables, command);
    }

    private Result run(boolean shown, Map<String, String> variables, String... command) {
        var assignments = new StringBuilder();
        variables.forEach((name, value) ->
                assignments.append(name).append('=').append(value).append(' '));
        out.println();
        out.println("$ " + assignments + String.join(" ", command));
        out.flush();
        var begin = System.nanoTime();
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var lines = new ArrayList<String>();
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (shown) {
                        out.println(line);
                    }
                    lines.add(line);
                }
            }
            return new Result(process.waitFor(), lines, Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, "%s could not be run: %s".formatted(command[0], e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted while %s ran".formatted(command[0]), e);
        }
    }
}
