package dev.ephemera.model;

/**
 * How the gateway reaches a workload.
 *
 * @param path the prefix of the paths it serves, with a leading slash
 */
public record ExposeSpec(String path) {
    /** Whether the workload is the environment's front door, whose host is the stack's own name. */
    public boolean isPrimary() {
        return path.equals("/");
    }
}
