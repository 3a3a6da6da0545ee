package dev.ephemera.model;

import java.util.Optional;

/**
 * The most that an environment may take of the cluster where the application says so itself; see {@link Quota} for what
 * holds for the parts that it leaves out.
 *
 * @param cpu the sum of all requests
 * @param memory the sum of all requests, and that of all limits
 */
public record LimitsSpec(
        @Range(least = 1, most = Integer.MAX_VALUE) Optional<Integer> pods,
        Optional<CpuQuantity> cpu,
        Optional<MemoryQuantity> memory) {
    /** Says nothing of its own. */
    public static final LimitsSpec NONE = new LimitsSpec(Optional.empty(), Optional.empty(), Optional.empty());
}
