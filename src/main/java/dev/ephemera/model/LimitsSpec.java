package dev.ephemera.model;

import java.util.Optional;

/**
 * The most that an environment may take of the cluster where the application says so itself; see {@link Quota} for what
 * holds for the parts that it leaves out.
 *
 * @param cpu a Kubernetes quantity, the sum of all requests
 * @param memory a Kubernetes quantity, the sum of all requests, and that of all limits
 */
public record LimitsSpec(Optional<Integer> pods, Optional<String> cpu, Optional<String> memory) {
    /** Says nothing of its own. */
    public static final LimitsSpec NONE = new LimitsSpec(Optional.empty(), Optional.empty(), Optional.empty());
}
