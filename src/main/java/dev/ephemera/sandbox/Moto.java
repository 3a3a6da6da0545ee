package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The emulated AWS: moto's server with what makes its RDS take time, as the real one does. */
final class Moto {
    private static final String SCRIPT = "moto.py";
    private static final List<String> MODULES = List.of("databases.py", "postgresql.py");

    private final SandboxDirectory directory;
    private final Processes processes;
    private final Ports ports;
    private final Map<String, String> caller;

    Moto(SandboxDirectory directory, Processes processes, Ports ports, Map<String, String> caller) {
        this.directory = directory;
        this.processes = processes;
        this.ports = ports;
        this.caller = caller;
    }

    /**
     * @param databases the settings of {@link DatabaseServers}; without them instances are records only
     */
    void start(Path python, Optional<Path> databases) throws IOException {
        // Not under its own name: Python would take it for the package that it imports.
        var script = directory.sandbox().resolve(Part.MOTO.program());
        copy(SCRIPT, script);
        for (var module : MODULES) {
            copy(module, script.resolveSibling(module));
        }
        var environment = new TreeMap<String, String>();
        for (var name : List.of("PATH", "HOME", "LANG")) {
            if (caller.containsKey(name)) {
                environment.put(name, caller.get(name));
            }
        }
        var command = new ArrayList<>(List.of(
                python.toString(),
                script.toString(),
                Integer.toString(ports.of(Part.MOTO)),
                directory.restoreTime().toString()));
        databases.ifPresent(file -> command.add(file.toString()));
        processes.start(Part.MOTO, command, environment, "");
    }

    private static void copy(String resource, Path target) throws IOException {
        try (var source = Moto.class.getResourceAsStream(resource)) {
            if (source == null) {
                throw new Failure(Exit.FAILED, resource + " is missing in the jar; build it again");
            }
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
