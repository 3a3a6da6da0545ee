package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks whether there is anything to do. This is all that happens before most commands, so it reads a few small files and
 * loads no library.
 */
final class RunningSandbox {
    private final SandboxDirectory directory;
    private final Processes processes;
    private final OwnCode code;

    RunningSandbox(SandboxDirectory directory, Processes processes, OwnCode code) {
        this.directory = directory;
        this.processes = processes;
        this.code = code;
    }

    /**
     * What commands get, if all of these parts run and answer and nothing has changed by which they would be started or
     * seeded otherwise.
     */
    Optional<SandboxEnvironment> find(Set<Part> parts) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(directory.environment());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() < 2
                || !lines.get(0).equals(inputs())
                || !List.of(lines.get(1).split(" ")).containsAll(labels(parts))
                || (parts.contains(Part.AWS_PROVIDER) && !isProviderCurrent())) {
            return Optional.empty();
        }
        var addresses = Addresses.in(directory);
        for (var part : parts) {
            if (!processes.isAlive(part) || !addresses.answers(part)) {
                return Optional.empty();
            }
        }
        return Optional.of(SandboxEnvironment.fromLines(lines.subList(2, lines.size())));
    }

    /** Whether the AWS provider that runs is the one that would be started now. */
    boolean isProviderCurrent() throws IOException {
        var version = code.providerVersion();
        return processes
                .record(Part.AWS_PROVIDER)
                .filter(record -> record.version().equals(version))
                .isPresent();
    }

    /** Writes down that these parts run, and what commands get. */
    void remember(Set<Part> parts, SandboxEnvironment environment) throws IOException {
        WholeFile.write(
                directory.environment(),
                inputs() + "\n" + String.join(" ", labels(parts)) + "\n" + environment.toLines());
    }

    /** From now on nobody takes it for running. */
    void forget() throws IOException {
        Files.deleteIfExists(directory.environment());
    }

    private static List<String> labels(Set<Part> parts) {
        return EnumSet.copyOf(parts).stream().map(Part::label).collect(Collectors.toList());
    }

    /** Changes with the sandbox's own code, the pinned programs, and what the seed is made from. */
    private String inputs() throws IOException {
        var inputs = new StringBuilder(code.sandboxVersion());
        var root = code.projectRoot();
        for (var name : List.of("stacks/application.yaml", "stacks/preview.yaml")) {
            append(inputs, root.resolve(name));
        }
        var toolchain = root.resolve("ci/toolchain");
        if (Files.isDirectory(toolchain)) {
            try (var files = Files.walk(toolchain)) {
                for (var file : (Iterable<java.nio.file.Path>) files.sorted()::iterator) {
                    append(inputs, file);
                }
            }
        }
        return Integer.toHexString(inputs.toString().hashCode());
    }

    private static void append(StringBuilder inputs, java.nio.file.Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            inputs.append(file)
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append('\n');
        }
    }
}
