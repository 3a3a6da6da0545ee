package dev.ephemera.engine;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Pods with a shell, for what the sample's own images have no program for. */
final class Busybox {
    private static final String IMAGE = "registry.example.com/test/busybox:1";

    private Busybox() {}

    /** The image as a file, below {@code directory}. */
    static Path image(Path directory) throws Exception {
        var archive = directory.resolve("busybox.tar");
        var program = new Toolchain(Path.of("").toAbsolutePath(), System.getenv(), new ArrayList<>()::add)
                .provide(EnumSet.of(Part.NODE))
                .path(Tool.BUSYBOX)
                .toRealPath();
        Jib.fromScratch()
                .addFileEntriesLayer(FileEntriesLayer.builder()
                        .addEntry(program, AbsoluteUnixPath.get("/busybox"), FilePermissions.fromOctalString("755"))
                        .build())
                .setEntrypoint("/busybox")
                .containerize(
                        Containerizer.to(TarImage.at(archive).named(IMAGE)).setOfflineMode(true));
        return archive;
    }

    /** A pod that Pod Security's {@code restricted} admits. It is never ready, so no Service sends anybody to it. */
    static Pod pod(String name, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65534L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("busybox")
                .withImage(IMAGE)
                .withCommand("/busybox", "sleep", "3600")
                // Sixteen of them have to fit on a small node beside what is tested.
                .withNewResources()
                .addToRequests("cpu", new Quantity("1m"))
                .addToRequests("memory", new Quantity("8Mi"))
                .endResources()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("/busybox", "false")
                .endExec()
                .endReadinessProbe()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    /** What a script says that is run in a pod. */
    static String shell(Clouds clouds, String namespace, String pod, String script) throws Exception {
        var output = new ByteArrayOutputStream();
        try (var running = clouds.kubernetes
                .pods()
                .inNamespace(namespace)
                .withName(pod)
                .writingOutput(output)
                .writingError(output)
                .exec("/busybox", "sh", "-c", script)) {
            running.exitCode().get(60, TimeUnit.SECONDS);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
