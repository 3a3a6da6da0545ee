package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a system keeps the programs of a container host, which are not all on an ordinary user's PATH. */
final class HostPrograms {
    static final String CNI = "cni";

    private static final String SYSTEM = ":/usr/local/sbin:/usr/sbin:/sbin";
    private static final int HEAD = 4096;
    private static final List<Path> CNI_DIRECTORIES =
            List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni"), Path.of("/usr/libexec/cni"));
    private static final List<String> CNI_PLUGINS = List.of("bridge", "host-local", "loopback", "portmap");

    private HostPrograms() {}

    /** An installed {@code bin/NAME}, {@code cni/NAME}, or the directory {@code cni} with all plugins that are needed. */
    static Optional<Path> find(String file, Map<String, String> environment) {
        if (file.equals(CNI)) {
            return CNI_DIRECTORIES.stream()
                    .filter(directory -> CNI_PLUGINS.stream().allMatch(name -> isProgramIn(directory, name)))
                    .findFirst();
        }
        Path path = Path.of(file);
        String name = path.getFileName().toString();
        if (path.startsWith(CNI)) {
            return CNI_DIRECTORIES.stream()
                    .filter(directory -> isProgramIn(directory, name))
                    .map(directory -> directory.resolve(name))
                    .findFirst();
        }
        if (name.equals("busybox")) {
            return findOnPath(name, environment).filter(HostPrograms::isStatic);
        }
        return findOnPath(name, environment);
    }

    private static Optional<Path> findOnPath(String name, Map<String, String> environment) {
        var wider = new HashMap<>(environment);
        wider.merge("PATH", SYSTEM, String::concat);
        return Executables.find(name, wider);
    }

    /** Whether it names no dynamic loader, which it would near its beginning. */
    private static boolean isStatic(Path program) {
        try (var stream = Files.newInputStream(program)) {
            return !new String(stream.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains("/ld-");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isProgramIn(Path directory, String name) {
        return Executables.isProgram(directory.resolve(name));
    }
}
