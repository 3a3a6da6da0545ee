package dev.ephemera.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A checkout of its own: the project's file and its stacks, beside the jar that the build has made. Commands run in it as a
 * user would type them, in the sandbox that all engine tests share.
 */
final class TestProject {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    private final TestSandbox sandbox;
    private final Path directory;

    private TestProject(TestSandbox sandbox, Path directory) {
        this.sandbox = sandbox;
        this.directory = directory;
    }

    /** A fresh checkout below {@code parent}. */
    static TestProject below(Path parent) {
        return below(parent, TestSandbox.SHARED);
    }

    static TestProject below(Path parent, TestSandbox sandbox) {
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
            return new TestProject(sandbox, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays {@code yaml} over the application in place of the sample's overlay. */
    TestProject withPreview(String yaml) {
        return with("preview.yaml", yaml);
    }

    /** Takes {@code yaml} as the application in place of the sample, with nothing laid over it. */
    TestProject withApplication(String yaml) {
        return with("application.yaml", yaml).with("preview.yaml", "{}");
    }

    /** As a checkout of a commit that has no configuration any more. */
    TestProject withoutConfiguration() {
        try {
            for (var name : List.of("application.yaml", "preview.yaml")) {
                Files.deleteIfExists(directory.resolve("stacks").resolve(name));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestProject with(String file, String yaml) {
        try {
            Files.writeString(directory.resolve("stacks").resolve(file), yaml);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code pulumi} in the sandbox. */
    TestSandbox.Result pulumi(String... arguments) {
        return pulumi(Map.of(), arguments);
    }

    TestSandbox.Result pulumi(Map<String, String> variables, String... arguments) {
        var command = new ArrayList<>(List.of("pulumi"));
        command.addAll(List.of(arguments));
        return sandbox.run(directory, variables, command);
    }

    /** Runs {@code pulumi} in the sandbox, but with {@code variables} in place of the sandbox's own. */
    TestSandbox.Result pulumiElsewhere(Map<String, String> variables, String... arguments) {
        var command = new ArrayList<>(List.of("env"));
        variables.forEach((name, value) -> command.add(name + "=" + value));
        command.add("pulumi");
        command.addAll(List.of(arguments));
        return sandbox.run(directory, Map.of(), command);
    }

    /** Runs any command in the checkout and the sandbox. */
    TestSandbox.Result run(List<String> command) {
        return run(Map.of(), command);
    }

    TestSandbox.Result run(Map<String, String> variables, List<String> command) {
        return sandbox.run(directory, variables, command);
    }

    TestSandbox.Result up(String stack, String... more) {
        return up(Map.of(), stack, more);
    }

    TestSandbox.Result up(Map<String, String> variables, String stack, String... more) {
        var arguments = new ArrayList<>(List.of("up", "--stack", stack, "--yes", "--skip-preview"));
        arguments.addAll(List.of(more));
        return pulumi(variables, arguments.toArray(String[]::new));
    }

    TestSandbox.Result destroy(String stack) {
        return pulumi("destroy", "--stack", stack, "--yes", "--skip-preview", "--remove");
    }

    /** The URN of the one resource of {@code stack} whose type and name end it. */
    String urn(String stack, String end) {
        return pulumi("stack", "--show-urns", "--stack", stack)
                .succeeded()
                .output()
                .lines()
                .map(line -> line.replaceFirst(".*URN: ", "").trim())
                .filter(line -> line.endsWith(end))
                .findFirst()
                .orElseThrow();
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
}
