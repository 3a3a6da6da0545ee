package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.Optional;

/**
 * How the gateway reaches a workload.
 *
 * @param path the prefix of the paths it serves
 * @param primary whether its host is the stack's own name; left out: the one exposed at {@code /} is the primary one
 * @param under the workload whose host it shares, at a path of its own; empty for a host of its own
 */
public record ExposeSpec(
        @Default("/") UrlPath path,
        Optional<Boolean> primary,
        @Refers("workloads") Optional<Key> under) {

    /** At a host of its own. */
    public ExposeSpec(UrlPath path) {
        this(path, Optional.empty(), Optional.empty());
    }

    /** Whether the workload is the environment's front door. */
    public boolean isPrimary() {
        return primary.orElse(under.isEmpty() && path.value().equals("/"));
    }
}
