package dev.ephemera.sandbox.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a resource type takes and gives.
 *
 * @param token as in the SDK: {@code aws:rds/instance:Instance}
 * @param properties by name
 * @param refused properties that the SDK has and the sandbox does not serve
 */
record Schema(String token, Map<String, Property> properties, Set<String> refused) {

    static Schema of(String token, Set<String> refused, Property... properties) {
        var byName = new LinkedHashMap<String, Property>();
        for (var property : properties) {
            byName.put(property.name(), property);
        }
        return new Schema(token, byName, refused);
    }

    List<Property> inputs() {
        return properties.values().stream().filter(Property::input).toList();
    }

    @Nullable
    Property input(String name) {
        var property = properties.get(name);
        return property != null && property.input() ? property : null;
    }
}
