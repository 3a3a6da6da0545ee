package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes Job that has to succeed once per (its own pod template, restored database). It may be started twice, so it
 * must be idempotent.
 *
 * @param command what the container runs; empty for the image's own command
 * @param runAsUser the user id that the container runs as; empty for the image's own, which must be a number and not 0
 * @param databases whose address and credentials it gets as environment variables
 * @param before the workloads whose pods start only when it has succeeded
 */
public record JobSpec(
        ImageReference image,
        List<String> command,
        Map<String, String> environment,
        Optional<Integer> runAsUser,
        List<Key> databases,
        List<Key> before) {

    /** The same job running {@code other}. */
    public JobSpec withImage(ImageReference other) {
        return new JobSpec(other, command, environment, runAsUser, databases, before);
    }
}
