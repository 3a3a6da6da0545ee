package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Deployment, with a Service where it has a port and a route where it is exposed.
 *
 * @param port where the container listens; empty for a worker that nobody calls
 * @param expose how the outside reaches it; empty when only the environment itself does
 * @param replicas how many pods, from 1
 * @param environment literal environment variables, in the file's order
 * @param runAsUser the user id that the container runs as; empty for the image's own, which must be a number and not 0
 * @param databases whose address and credentials the container gets as environment variables
 */
public record WorkloadSpec(
        ImageReference image,
        Optional<Integer> port,
        Optional<ExposeSpec> expose,
        int replicas,
        ResourcesSpec resources,
        List<String> command,
        Map<String, String> environment,
        Optional<Integer> runAsUser,
        List<Key> databases) {

    /** The same workload running {@code other}. */
    public WorkloadSpec withImage(ImageReference other) {
        return new WorkloadSpec(other, port, expose, replicas, resources, command, environment, runAsUser, databases);
    }
}
