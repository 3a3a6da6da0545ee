package dev.ephemera.model;

import java.util.List;
import java.util.Optional;

/**
 * How the cluster sees that a workload's pod serves.
 *
 * @param readiness without it no connection is sent to the pod; left out: a connection to the workload's port, where it has one
 * @param liveness without it for too long the container is started anew; left out: never
 * @param startup the other two begin when this one has succeeded; left out: at once
 */
public record ProbesSpec(Optional<Probe> readiness, Optional<Probe> liveness, Optional<Probe> startup) {
    /** The default of each. */
    public static final ProbesSpec DEFAULT = new ProbesSpec(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * One kind of look: an HTTP GET where there is a path, else a command where there is one, else a connection.
     *
     * @param path any answer from 200 to 399 is good
     * @param command run in the container; its exit code 0 is good. Empty for none
     * @param port of GET and connection; empty for the workload's
     * @param periodSeconds between two looks; empty for 2 in readiness and startup, because somebody waits for a preview, and
     *     10 in liveness
     * @param timeoutSeconds how long one look may take
     * @param failureThreshold how many looks in a row have to fail
     */
    public record Probe(
            Optional<UrlPath> path,
            List<String> command,
            @Range(least = 1, most = 65535) Optional<Integer> port,
            @Range(least = 1, most = 3600) Optional<Integer> periodSeconds,
            @Default("1") @Range(least = 1, most = 3600) int timeoutSeconds,
            @Default("3") @Range(least = 1, most = 1000) int failureThreshold) {}
}
