package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.List;

/**
 * A Kubernetes Job that has to succeed once per (its own pod template, restored database). It may be started twice, so it
 * must be idempotent.
 *
 * @param before the workloads whose pods start only when it has succeeded
 * @param after the jobs that have to succeed before it starts
 */
public record JobSpec(
        @Unwrapped PodSpec pod,
        @Refers("workloads") List<Key> before,
        @Refers("jobs") List<Key> after) {

    public JobSpec {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The same job running {@code other}. */
    public JobSpec withImage(ImageReference other) {
        return withPod(pod.withImage(other));
    }

    /** The same job in other pods. */
    public JobSpec withPod(PodSpec other) {
        return new JobSpec(other, before, after);
    }

    /** What its container runs. */
    public ImageReference image() {
        return pod.container().image();
    }
}
