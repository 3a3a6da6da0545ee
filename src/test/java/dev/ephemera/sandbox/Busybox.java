package dev.ephemera.sandbox;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/** An image with a shell and one page to serve, for what the sample's own images have no program for. */
public final class Busybox {
    public static final String IMAGE = "registry.example.com/test/busybox:1";

    private Busybox() {}

    /** The image as a file, below {@code directory}; made where it is not there. */
    public static Path image(Path directory) throws Exception {
        var archive = directory.resolve("busybox.tar");
        if (!Files.exists(archive)) {
            var page = Files.writeString(directory.resolve("index.html"), "the page\n");
            var program = new Toolchain(Path.of("").toAbsolutePath(), System.getenv(), new ArrayList<>()::add)
                    .provide(EnumSet.of(Part.NODE))
                    .path(Tool.BUSYBOX)
                    .toRealPath();
            Jib.fromScratch()
                    .addFileEntriesLayer(FileEntriesLayer.builder()
                            .addEntry(program, AbsoluteUnixPath.get("/busybox"), FilePermissions.fromOctalString("755"))
                            .addEntry(page, AbsoluteUnixPath.get("/www/index.html"))
                            .build())
                    .setEntrypoint("/busybox")
                    .containerize(
                            Containerizer.to(TarImage.at(archive).named(IMAGE)).setOfflineMode(true));
        }
        return archive;
    }

    /** What a command says that is run in a pod. */
    public static String inside(
            KubernetesClient kubernetes, String namespace, String pod, Duration limit, String... command)
            throws Exception {
        var output = new ByteArrayOutputStream();
        try (var running = kubernetes
                .pods()
                .inNamespace(namespace)
                .withName(pod)
                .writingOutput(output)
                .writingError(output)
                .exec(command)) {
            running.exitCode().get(limit.toSeconds(), TimeUnit.SECONDS);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
