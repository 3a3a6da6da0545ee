package dev.ephemera.model;

import java.util.Map;

/**
 * What a Secret of the cluster holds that environments get a copy of.
 *
 * @param labels as its owner has set them
 * @param type for example {@code kubernetes.io/dockerconfigjson}
 * @param data by key, in base64 as the API server gives it
 */
public record SourceSecret(Map<String, String> labels, String type, Map<String, String> data) {
    public SourceSecret {
        labels = Map.copyOf(labels);
        data = Map.copyOf(data);
    }

    /** Without the values, so that none reaches a log. */
    @Override
    public String toString() {
        return "%s with the keys %s".formatted(type, data.keySet());
    }
}
