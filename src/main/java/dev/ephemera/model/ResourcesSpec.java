package dev.ephemera.model;

/**
 * What a container asks for. Memory is request and limit alike; CPU is a request only, so that a pod may use what is idle.
 *
 * @param cpu a Kubernetes quantity, for example {@code 500m}
 * @param memory a Kubernetes quantity, for example {@code 512Mi}
 */
public record ResourcesSpec(String cpu, String memory) {
    /** A tenth of a core and 128 MiB: enough to start, little enough to be noticed when it is too little. */
    public static final ResourcesSpec DEFAULT = new ResourcesSpec("100m", "128Mi");
}
