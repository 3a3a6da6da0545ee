package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A checkout of its own: the project's file and its stacks, beside the jar that the build has made. Commands run in it as a
 * user would type them, in the sandbox that all engine tests share.
 */
final class TestProject {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    /** The sandbox of the tests, apart from the one a developer plays in. */
    private static final Path SANDBOX = ROOT.resolve("target/test-sandbox");

    private static final long LIMIT_MINUTES = 5;
    private static final Pattern UNCHANGED = Pattern.compile("\\s*(\\d+) unchanged\\s*");

    private final Path directory;

    /** What came of a command. */
    record Result(int exitCode, String output) {
        Result succeeded() {
            assertThat(exitCode).as(output).isZero();
            return this;
        }

        Result failed() {
            assertThat(exitCode).as(output).isNotZero();
            return this;
        }

        /** The number of resources that the engine found as they were. */
        int unchanged() {
            return output.lines()
                    .map(UNCHANGED::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .findFirst()
                    .orElse(0);
        }
    }

    private TestProject(Path directory) {
        this.directory = directory;
    }

    /** A fresh checkout below {@code parent}. */
    static TestProject below(Path parent) {
        try {
            var directory = Files.createDirectories(parent.resolve("checkout"));
            Files.copy(ROOT.resolve("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
            Files.createDirectories(directory.resolve("stacks"));
            for (var name : List.of("application.yaml", "preview.yaml")) {
                Files.copy(
                        ROOT.resolve("stacks").resolve(name),
                        directory.resolve("stacks").resolve(name));
            }
            Files.createSymbolicLink(directory.resolve("target"), ROOT.resolve("target"));
            return new TestProject(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays {@code yaml} over the application in place of the sample's overlay. */
    TestProject withPreview(String yaml) {
        try {
            Files.writeString(directory.resolve("stacks/preview.yaml"), yaml);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code pulumi} in the sandbox. */
    Result pulumi(String... arguments) {
        return pulumi(Map.of(), arguments);
    }

    Result pulumi(Map<String, String> variables, String... arguments) {
        var command = new ArrayList<>(List.of("pulumi"));
        command.addAll(List.of(arguments));
        return run(directory, variables, command);
    }

    Result up(String stack, String... more) {
        return up(Map.of(), stack, more);
    }

    Result up(Map<String, String> variables, String stack, String... more) {
        var arguments = new ArrayList<>(List.of("up", "--stack", stack, "--yes", "--skip-preview"));
        arguments.addAll(List.of(more));
        return pulumi(variables, arguments.toArray(String[]::new));
    }

    Result destroy(String stack) {
        return pulumi("destroy", "--stack", stack, "--yes", "--skip-preview", "--remove");
    }

    JsonNode outputs(String stack) {
        try {
            return new ObjectMapper()
                    .readTree(pulumi("stack", "output", "--json", "--stack", stack)
                            .succeeded()
                            .output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the sandbox puts into a command's environment. */
    static Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        for (var entry :
                run(ROOT, Map.of(), List.of("env", "-0")).succeeded().output().split("\0")) {
            var parts = entry.split("=", 2);
            variables.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return variables;
    }

    private static Result run(Path directory, Map<String, String> variables, List<String> command) {
        var whole = new ArrayList<>(List.of(ROOT.resolve("ci/sandbox").toString()));
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).directory(directory.toFile());
        builder.environment().put("EPHEMERA_SANDBOX", SANDBOX.toString());
        builder.environment().putAll(variables);
        try {
            var error = Files.createTempFile("engine-test", ".err");
            var process = builder.redirectError(error.toFile()).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
            var failed = process.exitValue() != 0;
            var told = failed ? output + Files.readString(error) : output;
            Files.delete(error);
            return new Result(process.exitValue(), told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
