package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.DnsSpec.GatewayReference;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a cluster has of the Gateway API. */
public final class GatewayLookup implements AutoCloseable {
    private static final String GROUP = "gateway.networking.k8s.io";
    private static final String VERSION = "v1";
    private static final ResourceDefinitionContext GATEWAYS = new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion(VERSION)
            .withKind("Gateway")
            .withPlural("gateways")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;

    /**
     * A Gateway.
     *
     * @param addresses where it is reached, as its status says
     * @param programmed whether its controller says that it works
     * @param takesAll whether a listener takes routes from every namespace, or from those that a selector chooses
     */
    public record Found(List<String> addresses, boolean programmed, boolean takesAll) {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Connects as {@code kubectl} would.
     *
     * @param context of the kubeconfig; empty for its current one
     * @throws Failure when the kubeconfig cannot be read
     */
    public GatewayLookup(Optional<String> context) {
        this.client = ClusterRequests.client(context);
    }

    /** The kinds of its version 1; none where the API is not there. */
    public Set<String> kinds() {
        return answer(
                "the kinds of the Gateway API",
                () -> Optional.ofNullable(client.getApiResources(GROUP + "/" + VERSION))
                        .map(list -> list.getResources().stream()
                                // Beside each kind stands its status.
                                .filter(resource -> !resource.getName().contains("/"))
                                .map(APIResource::getKind)
                                .collect(Collectors.toSet()))
                        .orElse(Set.of()));
    }

    /** What it is; empty when it is not there. */
    public Optional<Found> find(GatewayReference gateway) {
        var what = "Gateway %s/%s".formatted(gateway.namespace(), gateway.name());
        return answer(
                what,
                () -> Optional.ofNullable(client.genericKubernetesResources(GATEWAYS)
                                .inNamespace(gateway.namespace().value())
                                .withName(gateway.name().value())
                                .get())
                        .map(GatewayLookup::found));
    }

    private static Found found(GenericKubernetesResource gateway) {
        return new Found(
                each(gateway.get("status", "addresses"))
                        .map(address -> String.valueOf(address.get("value")))
                        .toList(),
                each(gateway.get("status", "conditions"))
                        .anyMatch(condition ->
                                "Programmed".equals(condition.get("type")) && "True".equals(condition.get("status"))),
                each(gateway.get("spec", "listeners")).anyMatch(GatewayLookup::takesAll));
    }

    private static boolean takesAll(Map<?, ?> listener) {
        return listener.get("allowedRoutes") instanceof Map<?, ?> routes
                && routes.get("namespaces") instanceof Map<?, ?> namespaces
                && ("All".equals(namespaces.get("from")) || "Selector".equals(namespaces.get("from")));
    }

    private static Stream<Map<?, ?>> each(Object list) {
        return list instanceof List<?> elements
                ? elements.stream().filter(Map.class::isInstance).map(element -> (Map<?, ?>) element)
                : Stream.of();
    }

    private static <T> T answer(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            var refused = ClusterRequests.isRefusal(e);
            throw new Failure(
                    refused ? Exit.CREDENTIALS : Exit.UNDECIDED,
                    refused
                            ? "%s cannot be read (%d): want credentials that may get it".formatted(what, e.getCode())
                            : "the cluster did not answer for %s (%d)".formatted(what, e.getCode()),
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
