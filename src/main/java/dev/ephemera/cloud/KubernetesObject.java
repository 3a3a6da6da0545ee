package dev.ephemera.cloud;

/**
 * Where an object of a namespace is found.
 *
 * @param apiVersion with its group, for example {@code apps/v1}
 */
public record KubernetesObject(String apiVersion, String kind, String namespace, String name) {
    @Override
    public String toString() {
        return "%s %s/%s".formatted(kind, namespace, name);
    }
}
