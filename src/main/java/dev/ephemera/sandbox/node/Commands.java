package dev.ephemera.sandbox.node;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that do one thing and end. */
final class Commands {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Commands() {}

    /**
     * Runs one and returns when it has ended.
     *
     * @param input what it reads
     * @throws Failure when it is not there, fails, or takes longer than a minute
     */
    static void run(String input, List<String> command) throws IOException {
        run(input, command, Map.of());
    }

    /** The name of what does the work, which may stand behind one that enters namespaces. */
    private static String program(List<String> command) {
        var program = command.get(command.indexOf("--") + 1);
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** The same with variables in its environment. */
    static void run(String input, List<String> command, Map<String, String> environment) throws IOException {
        run(input, command, environment, LIMIT);
    }

    /** The same with a limit of its own. */
    static void run(String input, List<String> command, Map<String, String> environment, Duration limit)
            throws IOException {
        var output = Files.createTempFile("ephemera", ".output");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = null;
        try {
            process = builder.start();
            try (var stream = process.getOutputStream()) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var inTime = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (inTime && process.exitValue() == 0) {
                return;
            }
            throw new Failure(
                    Exit.FAILED,
                    program(command) + ": " + (inTime ? "" : "not done after " + limit.toSeconds() + " s; ")
                            + Files.readString(output).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted while " + command.get(0) + " ran; run again", e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            Files.delete(output);
        }
    }
}
