package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where one thing is made, on the cache's file system.
 *
 * @param result what is published, whole or not at all
 * @param scratch anything else; deleted afterwards
 * @param log what the commands said; stays
 */
record Workspace(Path result, Path scratch, Path log) {
    static Workspace in(Path directory, Path log) throws IOException {
        var workspace = new Workspace(directory.resolve("result"), directory.resolve("scratch"), log);
        Files.createDirectories(workspace.result);
        Files.createDirectories(workspace.scratch);
        Files.createDirectories(log.getParent());
        Files.writeString(log, "");
        return workspace;
    }
}
