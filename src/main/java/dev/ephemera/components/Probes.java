package dev.ephemera.components;

import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ExecActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.TCPSocketActionArgs;
import dev.ephemera.model.ProbesSpec.Probe;
import dev.ephemera.model.WorkloadSpec;
import java.util.Optional;

/** How the kubelet sees that a workload's container serves. */
final class Probes {
    /** Seconds between two looks while somebody waits for a preview. */
    private static final int WAITED_FOR = 2;
    /** Seconds between two looks at a container that may have stopped serving: Kubernetes' own default. */
    private static final int LIVENESS = 10;

    private Probes() {}

    /** Puts the workload's probes into its container: a connection to its port where it does not say how it is ready. */
    static void into(ContainerArgs.Builder container, WorkloadSpec workload) {
        var probes = workload.probes();
        readiness(workload, probes.readiness()).ifPresent(container::readinessProbe);
        probes.liveness().map(probe -> probe(probe, workload, LIVENESS)).ifPresent(container::livenessProbe);
        probes.startup().map(probe -> probe(probe, workload, WAITED_FOR)).ifPresent(container::startupProbe);
    }

    private static Optional<ProbeArgs> readiness(WorkloadSpec workload, Optional<Probe> own) {
        return own.map(probe -> probe(probe, workload, WAITED_FOR))
                .or(() -> workload.port()
                        .map(port -> ProbeArgs.builder()
                                .tcpSocket(connection(port))
                                .periodSeconds(WAITED_FOR)
                                .build()));
    }

    private static ProbeArgs probe(Probe spec, WorkloadSpec workload, int period) {
        var probe = ProbeArgs.builder()
                .periodSeconds(spec.periodSeconds().orElse(period))
                .timeoutSeconds(spec.timeoutSeconds())
                .failureThreshold(spec.failureThreshold());
        if (!spec.command().isEmpty() && spec.path().isEmpty()) {
            return probe.exec(ExecActionArgs.builder().command(spec.command()).build())
                    .build();
        }
        int port = spec.port()
                .or(workload::port)
                .orElseThrow(
                        () -> new IllegalArgumentException("a probe has no port, want one there or at the workload"));
        return spec.path()
                .map(path -> probe.httpGet(HTTPGetActionArgs.builder()
                                .path(path.value())
                                .port(port)
                                .build())
                        .build())
                .orElseGet(() -> probe.tcpSocket(connection(port)).build());
    }

    private static TCPSocketActionArgs connection(int port) {
        return TCPSocketActionArgs.builder().port(port).build();
    }
}
