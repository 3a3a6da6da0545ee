package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.cloud.Objects;
import dev.ephemera.naming.EnvironmentNames;
import java.util.function.Consumer;

/**
 * The files of attributes that a file backend keeps beside each state. They are not written at once: an engine that is killed
 * meanwhile leaves one that is empty, and then the state beside it, which is whole, cannot be read ("EOF").
 */
public final class StateAttributes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ATTRIBUTES = ".attrs";

    private final Objects objects;
    private final String prefix;

    public StateAttributes(Objects objects, EnvironmentNames names) {
        this.objects = objects;
        this.prefix = StateKeys.stacks(names.project()) + names.stack() + ".json";
    }

    /** Takes away those that are not whole; the backend does without. Only for whoever has the {@link Lease}. */
    public void mend(Consumer<String> tell) {
        objects.list(prefix).stream()
                .filter(key -> key.endsWith(ATTRIBUTES))
                .forEach(key -> objects.get(key)
                        .filter(attributes -> !isWhole(attributes.text()))
                        .ifPresent(attributes -> {
                            if (objects.delete(key, attributes.version())) {
                                tell.accept("took away %s, which a Pulumi process that was killed has left half written"
                                        .formatted(key));
                            }
                        }));
    }

    private static boolean isWhole(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
