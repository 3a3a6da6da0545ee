package dev.ephemera.model;

import java.util.Optional;

/**
 * A Deployment, with a Service where it has a port and a route where it is exposed.
 *
 * @param port where the container listens; empty for a worker that nobody calls
 * @param expose how the outside reaches it; empty when only the environment itself does
 * @param replicas how many pods
 */
public record WorkloadSpec(
        @Unwrapped PodSpec pod,
        @Range(least = 1, most = 65535) Optional<Integer> port,
        Optional<ExposeSpec> expose,
        @Default("1") @Range(least = 1, most = 100) int replicas,
        ProbesSpec probes) {

    /** One pod that nobody calls. */
    public static WorkloadSpec of(PodSpec pod) {
        return new WorkloadSpec(pod, Optional.empty(), Optional.empty(), 1, ProbesSpec.DEFAULT);
    }

    /** The same workload, listening on {@code number}. */
    public WorkloadSpec withPort(int number) {
        return new WorkloadSpec(pod, Optional.of(number), expose, replicas, probes);
    }

    /** The same workload running {@code other}. */
    public WorkloadSpec withImage(ImageReference other) {
        return withPod(pod.withImage(other));
    }

    /** The same workload in other pods. */
    public WorkloadSpec withPod(PodSpec other) {
        return new WorkloadSpec(other, port, expose, replicas, probes);
    }

    /** What its container runs. */
    public ImageReference image() {
        return pod.container().image();
    }
}
