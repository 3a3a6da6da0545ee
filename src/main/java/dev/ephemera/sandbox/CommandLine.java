package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The arguments of a running process. */
final class CommandLine {
    private CommandLine() {}

    /** Program first; empty when the process has ended or is somebody else's. */
    static List<String> of(long pid) {
        var file = Path.of("/proc", Long.toString(pid), "cmdline");
        if (!Files.exists(file)) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().commandLine())
                    .map(line -> List.of(line.split(" ")))
                    .orElse(List.of());
        }
        try {
            // Not from ProcessHandle: it leaves out arguments that fill more than a page, as class paths do.
            return List.of(Files.readString(file).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
