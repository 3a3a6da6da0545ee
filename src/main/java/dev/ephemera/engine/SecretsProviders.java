package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.cloud.Objects;
import dev.ephemera.naming.ProjectName;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the secrets in a project's states are encrypted by. */
public final class SecretsProviders {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** All stacks of a project have the same, as a rule; a state may be large. */
    private static final int MOST = 5;

    private SecretsProviders() {}

    /**
     * Pulumi's words for them, such as {@code passphrase}, {@code cloud} for a key, and {@code service} for Pulumi's own; empty
     * where there is no stack to tell. Compressed states are not read.
     */
    public static Set<String> of(Pulumi pulumi, Map<String, String> environment, ProjectName project) {
        var beside = Backend.objects(pulumi, environment);
        if (beside.isEmpty()) {
            return Backend.address(pulumi, environment).startsWith("http") ? Set.of("service") : Set.of();
        }
        try (var objects = beside.get()) {
            return of(objects, project);
        }
    }

    static Set<String> of(Objects objects, ProjectName project) {
        var found = new TreeSet<String>();
        objects.list(StateKeys.stacks(project)).stream()
                .filter(key -> key.endsWith(".json"))
                .limit(MOST)
                .forEach(key -> objects.get(key).ifPresent(state -> {
                    var provider = provider(state.text());
                    if (!provider.isEmpty()) {
                        found.add(provider);
                    }
                }));
        return found;
    }

    private static String provider(String state) {
        try {
            return JSON.readTree(state)
                    .at("/checkpoint/latest/secrets_providers/type")
                    .asText();
        } catch (JsonProcessingException e) {
            // Half written: it says nothing.
            return "";
        }
    }
}
