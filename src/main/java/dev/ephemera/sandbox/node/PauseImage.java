package dev.ephemera.sandbox.node;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The image whose only process holds a pod's namespaces while its containers come and go. */
final class PauseImage {
    static final String NAME = "ephemera.dev/sandbox/pause:1";

    private PauseImage() {}

    /**
     * Writes it as a file that a container runtime imports.
     *
     * @param busybox a program without shared libraries
     */
    static void write(Path busybox, Path target, Path cache) throws IOException {
        var program = AbsoluteUnixPath.get("/busybox");
        try {
            Jib.fromScratch()
                    .addFileEntriesLayer(FileEntriesLayer.builder()
                            .addEntry(busybox, program, FilePermissions.fromOctalString("755"))
                            .build())
                    .setEntrypoint(List.of("/busybox", "sleep", "2147483647"))
                    .setUser("65535:65535")
                    .setCreationTime(Instant.EPOCH)
                    .containerize(Containerizer.to(TarImage.at(target).named(NAME))
                            .setBaseImageLayersCache(cache)
                            .setApplicationLayersCache(cache)
                            .setOfflineMode(true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted while an image was made; run again", e);
        } catch (ExecutionException
                | com.google.cloud.tools.jib.api.RegistryException
                | com.google.cloud.tools.jib.api.InvalidImageReferenceException
                | com.google.cloud.tools.jib.api.CacheDirectoryCreationException e) {
            throw new Failure(Exit.FAILED, "the image " + NAME + " could not be made: " + e.getMessage(), e);
        }
    }
}
