package dev.ephemera.sandbox.aws;

import com.google.protobuf.Struct;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Outputs on their way to the engine: with what is secret marked, and with what is not known yet marked unknown. */
final class Outputs {
    private Outputs() {}

    /**
     * An output is secret where its property always is, or where the program or the last state has it secret.
     *
     * @param sources inputs and outputs that may hold secrets
     */
    static Struct marked(Schema schema, Properties outputs, Properties... sources) {
        Set<String> secret = new LinkedHashSet<>();
        schema.properties().values().stream().filter(Property::secret).forEach(property -> secret.add(property.name()));
        for (var source : sources) {
            secret.addAll(source.secrets());
        }
        if (secret.contains("tags")) {
            secret.add("tagsAll");
        }
        var marked = new LinkedHashMap<String, Object>();
        outputs.values().forEach((name, value) -> marked.put(name, secret.contains(name) ? new Secret(value) : value));
        return Structs.encode(marked);
    }

    /** What a creation will give: the inputs, and the cloud's part unknown. */
    static Properties beforeCreation(Schema schema, Properties inputs) {
        var outputs = new LinkedHashMap<String, Object>(inputs.values());
        for (var property : schema.properties().values()) {
            if (property.computed()) {
                outputs.putIfAbsent(property.name(), Unknown.UNKNOWN);
            }
        }
        if (inputs.has("tags") && schema.properties().containsKey("tagsAll")) {
            outputs.put("tagsAll", inputs.values().get("tags"));
        }
        return Properties.of(outputs);
    }

    /** What an update will give: what the cloud decided stays, as in the official provider's plans. */
    static Properties beforeUpdate(Schema schema, Plan plan) {
        var outputs = new LinkedHashMap<>(plan.wanted().values());
        for (var property : schema.properties().values()) {
            var old = plan.olds().get(property.name());
            if (!property.input() && old != null) {
                outputs.put(property.name(), old);
            }
        }
        if (plan.changes("tags")) {
            outputs.put("tagsAll", plan.wanted().values().getOrDefault("tags", Map.of()));
        }
        return Properties.of(outputs);
    }

    /**
     * The inputs that lead to these outputs.
     *
     * @param inputs the last ones: their properties follow the outputs; where there are none, as in an import, every
     *     input that the outputs have a value for is taken
     */
    static Properties inputs(ResourceKind kind, Properties inputs, Properties outputs) {
        var fresh = new LinkedHashMap<String, Object>();
        for (var property : kind.schema().inputs()) {
            var before = inputs.get(property.name());
            var now = outputs.get(property.name());
            if (inputs.values().isEmpty()) {
                if (!Values.isZero(now) && now != null && !isRefused(kind, property, now)) {
                    fresh.put(property.name(), now);
                }
            } else if (before != null) {
                if (now == null) {
                    if (Values.isZero(before)) {
                        fresh.put(property.name(), before);
                    }
                } else {
                    var same = kind.isSame(property, now, before, outputs, inputs);
                    fresh.put(property.name(), same ? before : now);
                }
            }
        }
        return Properties.of(fresh);
    }

    private static boolean isRefused(ResourceKind kind, Property property, Object value) {
        return kind.faults(Properties.of(Map.of(property.name(), value))).stream()
                .anyMatch(fault -> fault.property().equals(property.name())
                        && fault.reason().contains("not implemented in the sandbox"));
    }
}
