package dev.ephemera.engine;

import dev.ephemera.sandbox.Busybox;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Map;

/** Pods with a shell, for what the sample's own images have no program for. */
final class CuriousPods {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private CuriousPods() {}

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
                .withImage(Busybox.IMAGE)
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
        return Busybox.inside(clouds.kubernetes, namespace, pod, LIMIT, "/busybox", "sh", "-c", script);
    }
}
