package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.ephemera.model.DnsSpec.GatewayReference;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The way from the shared Gateway to a workload: an HTTPRoute, a way in for the Gateway's connections, and what the Gateway
 * is to do with each request.
 *
 * @param key the workload's
 * @param port the port of its Service
 */
record ExposedRoute(Key key, EnvironmentNames names, Output<String> namespace, Workload.Route route, int port) {

    void declare(String name, CustomResourceOptions child) {
        new NetworkPolicy(
                name + "-from-gateway", NetworkRules.fromGateway(key, names, namespace, route.gateway(), port), child);
        var filters = new ArrayList<Map<String, Object>>();
        var first = new ArrayList<Resource>();
        if (route.access().noindex()) {
            filters.add(Map.of(
                    "type",
                    "ResponseHeaderModifier",
                    "responseHeaderModifier",
                    Map.of("set", List.of(Map.of("name", "X-Robots-Tag", "value", "noindex")))));
        }
        if (!route.access().cidrs().isEmpty()) {
            var allowed = allowed(name, child);
            first.add(allowed);
            if (controller() == GatewayReference.Controller.TRAEFIK) {
                filters.add(extension("traefik.io", "Middleware", key.value()));
            }
        }
        route.access()
                .filter()
                .map(filter ->
                        extension(filter.group(), filter.kind(), filter.name().value()))
                .ifPresent(filters::add);
        new CustomObject(
                name + "-route",
                "gateway.networking.k8s.io/v1",
                "HTTPRoute",
                metadata(),
                spec(filters),
                // Open to nobody before it is closed to those who may not.
                CustomResourceOptions.merge(
                        child, CustomResourceOptions.builder().dependsOn(first).build()));
    }

    private Map<String, Object> spec(List<Map<String, Object>> filters) {
        return Map.of(
                "parentRefs",
                List.of(Map.of(
                        "namespace", route.gateway().namespace().value(),
                        "name", route.gateway().name().value())),
                "hostnames",
                List.of(route.host()),
                "rules",
                List.of(Map.of(
                        "matches",
                        List.of(Map.of("path", Map.of("type", "PathPrefix", "value", route.path()))),
                        "filters",
                        filters,
                        "backendRefs",
                        List.of(Map.of("name", key.value(), "port", port)))));
    }

    /**
     * The Gateway API has no allow-list of its own: each implementation has a kind for it. Traefik's was seen to work; Envoy
     * Gateway's follows its documentation and was not run.
     *
     * <p>In Envoy Gateway a route's policy takes the place of the Gateway's own, with whatever that asks for, such as signing
     * in; only merged do both hold. It merges them from version 1.8; an older one refuses the object.
     */
    private CustomObject allowed(String name, CustomResourceOptions child) {
        var ranges = route.access().cidrs().stream().map(Object::toString).toList();
        return switch (controller()) {
            case TRAEFIK ->
                new CustomObject(
                        name + "-allowed",
                        "traefik.io/v1alpha1",
                        "Middleware",
                        metadata(),
                        Map.of("ipAllowList", Map.of("sourceRange", ranges)),
                        child);
            case ENVOY ->
                new CustomObject(
                        name + "-allowed",
                        "gateway.envoyproxy.io/v1alpha1",
                        "SecurityPolicy",
                        metadata(),
                        Map.of(
                                "mergeType",
                                "StrategicMerge",
                                "targetRefs",
                                List.of(Map.of(
                                        "group",
                                        "gateway.networking.k8s.io",
                                        "kind",
                                        "HTTPRoute",
                                        "name",
                                        key.value())),
                                "authorization",
                                Map.of(
                                        "defaultAction",
                                        "Deny",
                                        "rules",
                                        List.of(Map.of(
                                                "action", "Allow", "principal", Map.of("clientCIDRs", ranges))))),
                        child);
        };
    }

    private GatewayReference.Controller controller() {
        return route.gateway()
                .controller()
                .orElseThrow(() -> new IllegalArgumentException(
                        "access is limited to addresses, want the Gateway's controller, which has to see to it"));
    }

    private static Map<String, Object> extension(String group, String kind, String name) {
        return Map.of("type", "ExtensionRef", "extensionRef", Map.of("group", group, "kind", kind, "name", name));
    }

    private Map<String, Object> metadata() {
        return Map.of("name", key.value(), "namespace", namespace, "labels", names.labels(key));
    }
}
