package dev.ephemera.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The process that serves the AWS provider's resource types. It runs from a copy of our jar, which a build can therefore
 * replace under it; where the build changed the provider's own code, the next {@code ci/sandbox} starts it anew.
 */
final class StandIn {
    private final SandboxDirectory directory;
    private final Processes processes;
    private final Ports ports;
    private final OwnCode code;

    StandIn(SandboxDirectory directory, Processes processes, Ports ports, OwnCode code) {
        this.directory = directory;
        this.processes = processes;
        this.ports = ports;
        this.code = code;
    }

    void start() throws IOException {
        var home = directory.sandbox().resolve("aws-provider");
        Trees.delete(home);
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives long and does little: small and quick to start.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                copyInto(Files.createDirectories(home)),
                Part.AWS_PROVIDER.program(),
                "--port",
                Integer.toString(ports.of(Part.AWS_PROVIDER)),
                "--restore-time-file",
                directory.restoreTime().toString()));
        var environment = new TreeMap<>(LocalCloud.environment(directory, ports));
        environment.put("HOME", home.toString());
        processes.start(Part.AWS_PROVIDER, command, environment, code.providerVersion());
    }

    /** The class path of the copy. */
    private String copyInto(Path home) throws IOException {
        if (!code.isJar()) {
            var classes = home.resolve("classes");
            copyTree(code.location(), classes);
            return classes + File.pathSeparator + System.getProperty("java.class.path");
        }
        var jar = home.resolve("ephemera.jar");
        Files.copy(code.location(), jar);
        // The jar's manifest names its libraries beside it. They are only linked: a build makes new files, if any.
        var libraries = Files.createDirectories(home.resolve("lib"));
        try (var files = Files.list(code.location().resolveSibling("lib"))) {
            for (var file : (Iterable<Path>) files::iterator) {
                Trees.linkOrCopy(file, libraries.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
        return jar.toString();
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
