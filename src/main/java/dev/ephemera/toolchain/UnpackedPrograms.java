package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs in a directory into which packages were unpacked. One that lacks no library is linked to; another gets a
 * script before it that names the unpacked libraries to it alone, so that neither a container nor anything else started
 * beside it sees them. All paths are relative: the directory is moved when it is whole.
 */
final class UnpackedPrograms {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final List<String> DIRECTORIES = List.of("usr/sbin", "usr/bin", "sbin", "bin", "usr/lib/cni");
    /** Where iptables keeps its own plugins; it looks for them in the directory that it was compiled for. */
    private static final String XTABLES = "xtables";

    private final Path unpacked;
    private final Map<String, String> environment;

    UnpackedPrograms(Path unpacked, Map<String, String> environment) {
        this.unpacked = unpacked;
        this.environment = environment;
    }

    /** Makes {@code target} start the program of that name. Does nothing where the packages lack it. */
    void place(Path target) throws IOException {
        Optional<Path> found = find(target.getFileName().toString());
        if (found.isEmpty()) {
            return;
        }
        Path program = found.get();
        Path parent = target.resolveSibling("");
        String path = parent.relativize(program).toString();
        boolean isXtables = program.toRealPath().getFileName().toString().startsWith(XTABLES);
        if (isXtables || lacksLibraries(program)) {
            Files.writeString(target, script(path, parent));
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else {
            Files.createSymbolicLink(target, Path.of(path));
        }
    }

    private String script(String program, Path parent) throws IOException {
        String plugins = directories(parent, true);
        return "#!/bin/sh\nhere=${0%/*}\n"
                + "export LD_LIBRARY_PATH=\"" + directories(parent, false) + "${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\"\n"
                + (plugins.isEmpty() ? "" : "export XTABLES_LIBDIR=\"" + plugins + "\"\n")
                + "exec \"$here/" + program + "\" \"$@\"\n";
    }

    /** What the system would choose among its alternatives, for iptables the one that is made of nftables. */
    private Optional<Path> find(String name) {
        String alternative = name.replaceFirst("^(ip6?tables)", "$1-nft");
        return DIRECTORIES.stream()
                .flatMap(directory -> Stream.of(name, alternative)
                        .map(file -> unpacked.resolve(directory).resolve(file)))
                .filter(Executables::isProgram)
                .findFirst();
    }

    private boolean lacksLibraries(Path program) {
        var child = new HashMap<>(environment);
        child.remove("LD_LIBRARY_PATH");
        return HostPrograms.find("bin/ldd", environment)
                .flatMap(
                        ldd -> new Command(List.of(ldd.toString(), program.toString()), unpacked, child).output(ANSWER))
                .map(answer -> answer.contains("not found"))
                .orElse(false);
    }

    /** The directories with shared libraries, or with iptables' plugins, with colons between them. */
    private String directories(Path from, boolean plugins) throws IOException {
        try (Stream<Path> files = Files.walk(unpacked)) {
            return String.join(
                    ":",
                    files.filter(file -> file.getFileName().toString().matches("lib.*\\.so(\\..*)?"))
                            .map(file -> file.resolveSibling(""))
                            .filter(directory -> directory.endsWith(XTABLES) == plugins)
                            .map(directory -> "$here/" + from.relativize(directory))
                            .distinct()
                            .sorted()
                            .toList());
        }
    }
}
