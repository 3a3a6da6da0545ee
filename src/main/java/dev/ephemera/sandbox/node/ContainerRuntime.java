package dev.ephemera.sandbox.node;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The images that the node has. Nothing else is ever pulled: there is no registry. */
public final class ContainerRuntime {
    private final Path directory;
    private final NodePrograms programs;
    private final Namespaces namespaces;
    private final long first;

    /**
     * @param directory the node's own
     * @param first the node's first process
     */
    public ContainerRuntime(Path directory, NodePrograms programs, Namespaces namespaces, long first) {
        this.directory = directory;
        this.programs = programs;
        this.namespaces = namespaces;
        this.first = first;
    }

    /** Whether it takes images. */
    public boolean isReady() {
        try {
            control("version");
            return true;
        } catch (IOException | Failure e) {
            return false;
        }
    }

    /** What every pod needs. */
    public void importPauseImage() throws IOException {
        var image = directory.resolve("pause.tar");
        if (!Files.exists(image)) {
            PauseImage.write(programs.busybox(), image, directory.resolve("image-layers"));
        }
        importImage(image);
    }

    /**
     * Takes the images of an archive (as {@code docker save} and Jib write them) under the names that stand in it.
     *
     * @throws Failure when it is none
     */
    public void importImage(Path archive) throws IOException {
        // The node sees none of this machine's files but its own.
        var copy = directory.resolve("import-" + ProcessHandle.current().pid() + ".tar");
        try {
            Files.deleteIfExists(copy);
            try {
                Files.createLink(copy, archive.toRealPath());
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(archive, copy);
            }
            control("images", "import", copy.toString());
        } catch (Failure e) {
            throw new Failure(
                    e.exit(),
                    archive + " is not taken by containerd; want an archive of images, as docker save writes it; "
                            + e.getMessage(),
                    e);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void control(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(programs.ctr().toString(), "--namespace", "k8s.io"));
        command.addAll(List.of(arguments));
        Commands.run("", namespaces.enter(first, command));
    }
}
