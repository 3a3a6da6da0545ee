package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all, whenever its writer is killed. */
final class WholeFile {
    private WholeFile() {}

    static void write(Path file, String content) throws IOException {
        var draft = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        Files.writeString(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
