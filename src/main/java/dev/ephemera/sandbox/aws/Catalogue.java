package dev.ephemera.sandbox.aws;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the sandbox's AWS provider serves. Anything else is refused by its name. */
final class Catalogue {
    /** The version of the official plugin that it stands in for. */
    static final String VERSION = "6.83.0";

    private static final Map<String, ResourceKind> RESOURCES = List.of(
                    new Instances(),
                    new InstanceDesiredStates(),
                    new Queues(),
                    new Records(),
                    new SecurityGroups(),
                    new SecurityGroupRules(SecurityGroupRules.Direction.INGRESS),
                    new SecurityGroupRules(SecurityGroupRules.Direction.EGRESS))
            .stream()
            .collect(Collectors.toUnmodifiableMap(kind -> kind.schema().token(), kind -> kind));
    private static final Map<String, CloudFunction> FUNCTIONS = List.of(
                    new GetCallerIdentity(),
                    new GetSnapshot(),
                    new GetSubnet(),
                    new GetSubnetGroup(),
                    new GetVpc(),
                    new GetZone())
            .stream()
            .collect(Collectors.toUnmodifiableMap(CloudFunction::token, function -> function));

    private Catalogue() {}

    static ResourceKind resource(String token) {
        var kind = RESOURCES.get(token);
        if (kind == null) {
            throw notServed(token);
        }
        return kind;
    }

    static CloudFunction function(String token) {
        var function = FUNCTIONS.get(token);
        if (function == null) {
            throw notServed(token);
        }
        return function;
    }

    /** Enough of a schema for {@code pulumi import} and for people who ask what is there. */
    static String schema() {
        var resources = new LinkedHashMap<String, Object>();
        RESOURCES.forEach((token, kind) -> resources.put(
                token,
                Map.of(
                        "inputProperties", types(kind.schema().inputs()),
                        "properties",
                                types(List.copyOf(kind.schema().properties().values())),
                        "requiredInputs",
                                kind.schema().inputs().stream()
                                        .filter(Property::required)
                                        .map(Property::name)
                                        .toList())));
        var functions = new LinkedHashMap<String, Object>();
        FUNCTIONS.keySet().forEach(token -> functions.put(token, Map.of()));
        return Json.print(Map.of("name", "aws", "version", VERSION, "resources", resources, "functions", functions));
    }

    private static Map<String, Object> types(List<Property> properties) {
        var types = new LinkedHashMap<String, Object>();
        for (var property : properties) {
            types.put(
                    property.name(),
                    switch (property.kind()) {
                        case TEXT -> Map.of("type", "string", "secret", property.secret());
                        case NUMBER -> Map.of("type", "integer");
                        case FLAG -> Map.of("type", "boolean");
                        case SET -> Map.of("type", "array", "items", Map.of("type", "string"));
                        case MAP -> Map.of("type", "object", "additionalProperties", Map.of("type", "string"));
                        case BLOCKS -> Map.of("type", "array", "items", Map.of("$ref", "pulumi.json#/Any"));
                    });
        }
        return types;
    }

    private static Failure notServed(String token) {
        return new Failure(
                Exit.USAGE,
                token + " is not implemented in the sandbox; leave it out here, or use the official AWS provider");
    }
}
