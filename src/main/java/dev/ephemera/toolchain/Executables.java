package dev.ephemera.toolchain;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Looks programs up as a shell would. */
final class Executables {
    private Executables() {}

    /** The first executable file of that name on the environment's PATH; entries that are not absolute are passed over. */
    static Optional<Path> find(String name, Map<String, String> environment) {
        for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!entry.startsWith("/")) {
                continue;
            }
            try {
                Path candidate = Path.of(entry).resolve(name);
                if (isProgram(candidate)) {
                    return Optional.of(candidate);
                }
            } catch (InvalidPathException ignored) {
                // Nothing can be in a folder that cannot be named.
            }
        }
        return Optional.empty();
    }

    /** An executable file that is not empty; a link to a file that is gone is none. */
    static boolean isProgram(Path path) {
        return Files.isRegularFile(path)
                && Files.isExecutable(path)
                && path.toFile().length() > 0;
    }
}
