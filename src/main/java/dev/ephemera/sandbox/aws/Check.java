package dev.ephemera.sandbox.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a program gives for a resource, checked and completed.
 *
 * @param inputs with their secret marks as they came, and with defaults
 * @param faults empty where all is well
 */
record Check(Map<String, Object> inputs, List<Fault> faults) {

    /**
     * Nothing is called, and what is still unknown is let through.
     *
     * @param name the resource's name in the program
     * @param previous the inputs of the last update; empty for a new resource
     * @param defaultTags the provider's
     */
    static Check of(
            ResourceKind type,
            String name,
            Map<String, Object> marked,
            Properties previous,
            Map<String, String> defaultTags) {
        var schema = type.schema();
        var faults = new ArrayList<Fault>();
        var inputs = new LinkedHashMap<String, Object>();
        marked.forEach((key, value) -> {
            if (key.startsWith("__")) {
                // The engine's and the official provider's own notes, such as __defaults in a state it wrote.
                return;
            }
            inputs.put(key, value);
            var property = schema.input(key);
            if (property == null) {
                faults.add(new Fault(key, notServed(schema, key)));
            } else {
                checkShape(property, Properties.of(Map.of(key, value)), name, faults);
            }
        });
        for (var property : schema.inputs()) {
            if (!inputs.containsKey(property.name())) {
                if (property.fallback() != null) {
                    inputs.put(property.name(), property.fallback());
                } else if (property.required()) {
                    faults.add(new Fault(
                            property.name(),
                            "Missing required argument. The argument \"" + snakeCase(property.name())
                                    + "\" is required, but no definition was found.. Examine values at '" + name + "."
                                    + property.name() + "'."));
                }
            }
        }
        if (schema.input("tags") != null && !defaultTags.isEmpty()) {
            inputs.put("tags", merged(defaultTags, inputs.get("tags")));
        }
        var plain = Properties.of(inputs);
        type.complete(name, plain, previous).values().forEach(inputs::putIfAbsent);
        for (var fault : type.faults(plain)) {
            faults.add(new Fault(
                    fault.property(), fault.reason() + ". Examine values at '" + name + "." + fault.property() + "'."));
        }
        return new Check(inputs, faults);
    }

    static String notServed(Schema schema, String property) {
        return schema.refused().contains(property)
                ? schema.token() + ": property \"" + property
                        + "\" is not implemented in the sandbox; leave it out here, "
                        + "or use the official AWS provider"
                : schema.token() + ": there is no property \"" + property
                        + "\" in the sandbox's AWS provider; check its spelling, or use the official AWS provider";
    }

    private static void checkShape(Property property, Properties given, String name, List<Fault> faults) {
        var value = given.get(property.name());
        if (value == null || given.isUnknown(property.name())) {
            return;
        }
        var fits = switch (property.kind()) {
            case TEXT -> !(value instanceof List || value instanceof Map);
            case NUMBER -> Properties.asNumber(value).isPresent();
            case FLAG -> value instanceof Boolean || value.equals("true") || value.equals("false");
            case SET, BLOCKS -> value instanceof List;
            case MAP -> value instanceof Map;
        };
        if (!fits) {
            faults.add(new Fault(
                    property.name(),
                    "wanted " + property.kind().name().toLowerCase(Locale.ROOT)
                            + ", got something else. Examine values at '" + name + "." + property.name() + "'."));
        }
    }

    /** As the official Pulumi provider does: a resource's own tags win, and its tags then hold both. */
    private static Object merged(Map<String, String> defaultTags, @Nullable Object own) {
        if (own == Unknown.UNKNOWN) {
            return own;
        }
        if (own instanceof Secret secret) {
            return new Secret(merged(defaultTags, secret.value()));
        }
        var tags = new TreeMap<String, Object>(defaultTags);
        if (own instanceof Map<?, ?> map) {
            map.forEach((key, value) -> tags.put(String.valueOf(key), value));
        }
        return tags;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
