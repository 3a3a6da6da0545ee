package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Symbolic links. */
final class Links {
    private Links() {}

    /** The link points to the target from now on; there is no instant at which it is missing. */
    static void set(Path link, Path target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(link.getParent()));
        var draft = link.resolveSibling(
                "." + link.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(draft);
        Files.createSymbolicLink(draft, target.toAbsolutePath());
        Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
