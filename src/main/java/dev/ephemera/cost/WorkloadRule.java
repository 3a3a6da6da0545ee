package dev.ephemera.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Deployment's pods, by what they ask for: that much of a machine nobody else can have. What is idle on the machines is
 * nobody's here, and what a pod takes beyond its requests is not known.
 */
record WorkloadRule(Prices prices) implements CostRule {
    static final String TYPE = "kubernetes:apps/v1:Deployment";

    @Override
    public List<CostLine> lines(StackResource workload) {
        var spec = workload.block("spec");
        var replicas = spec.path("replicas").isMissingNode()
                ? Optional.of(Amount.ONE)
                : StackResource.number(spec.path("replicas"));
        var pod = spec.path("template").path("spec");
        return List.of(
                prices.cores(workload.name(), product(replicas, ofPod(pod, "cpu", StackResource::cores))),
                prices.gib(workload.name(), product(replicas, ofPod(pod, "memory", StackResource::gib))));
    }

    /** As the scheduler counts: all containers together, or the largest of those that run before them. */
    private static Optional<Amount> ofPod(
            JsonNode pod, String resource, Function<JsonNode, Optional<Amount>> quantity) {
        var together = containers(pod.path("containers"))
                .map(container -> requested(container, resource, quantity))
                .reduce(WorkloadRule::sum)
                .orElse(Optional.empty());
        return containers(pod.path("initContainers"))
                .map(container -> requested(container, resource, quantity))
                .reduce(together, (one, other) -> one.flatMap(amount -> other.map(amount::max)));
    }

    /** A request that is left out is the limit. */
    private static Optional<Amount> requested(
            JsonNode container, String resource, Function<JsonNode, Optional<Amount>> quantity) {
        var resources = container.path("resources");
        var request = resources.path("requests").path(resource);
        return quantity.apply(request.isMissingNode() ? resources.path("limits").path(resource) : request);
    }

    private static Optional<Amount> sum(Optional<Amount> one, Optional<Amount> other) {
        return one.flatMap(amount -> other.map(amount::plus));
    }

    private static Optional<Amount> product(Optional<Amount> one, Optional<Amount> other) {
        return one.flatMap(amount -> other.map(amount::times));
    }

    private static Stream<JsonNode> containers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
