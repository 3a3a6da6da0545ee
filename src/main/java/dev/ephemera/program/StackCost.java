package dev.ephemera.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.internal.Internal;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceArgs;
import com.pulumi.resources.ResourceTransformation;
import dev.ephemera.cost.CostOutput;
import dev.ephemera.cost.Estimator;
import dev.ephemera.cost.StackResource;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the stack costs, from every resource that the program declares. It is told of each by the SDK, as the engine is; so a
 * kind that nobody has thought of is in the estimate too, as not counted.
 *
 * <p>What is declared inside an {@code apply} may come too late for it.
 */
public final class StackCost implements ResourceTransformation {
    private final ConcurrentLinkedQueue<Declared> declared = new ConcurrentLinkedQueue<>();

    /** A resource of the program, and by which id it is read where it is not the program's own. */
    private record Declared(Resource resource, ResourceArgs args, Optional<Output<String>> readById) {}

    /** Notes a resource, and changes nothing of it. */
    @Override
    public Optional<Result> apply(Args args) {
        if (!isComponent(args.resource())) {
            declared.add(
                    new Declared(args.resource(), args.args(), args.options().getId()));
        }
        return Optional.empty();
    }

    /** Its parts tell their own costs. Those of one that another program makes are told to nobody here: it counts itself. */
    private static boolean isComponent(Resource resource) {
        return resource instanceof ComponentResource && !Internal.from(resource).getRemote();
    }

    /**
     * The stack's output {@code cost}, which waits for what is asked for, and for no pod. To be called when everything is
     * declared. What could not be made counts as not known.
     */
    public Output<Map<String, @Nullable Object>> output(Estimator estimator) {
        var resources = declared.stream().map(StackCost::described).toList();
        return Output.of(CompletableFuture.allOf(resources.toArray(CompletableFuture[]::new))
                .thenApply(done -> CostOutput.of(estimator.estimate(
                        resources.stream().map(CompletableFuture::join).toList()))));
    }

    private static CompletableFuture<StackResource> described(Declared declared) {
        var resource = declared.resource();
        return isForeign(declared)
                .thenCompose(isForeign -> inputs(declared.args())
                        .thenCombine(
                                outputs(resource),
                                (inputs, outputs) -> new StackResource(
                                        resource.pulumiResourceType(),
                                        resource.pulumiResourceName(),
                                        inputs,
                                        outputs,
                                        isForeign)));
    }

    /** The providers' classes give an id to all; that of what is to be made is empty. */
    private static CompletableFuture<Boolean> isForeign(Declared declared) {
        return declared.readById()
                .map(id -> PlainValue.of(id).thenApply(value -> !value.isNull()))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    private static CompletableFuture<JsonNode> inputs(ResourceArgs args) {
        return PlainValue.of(args).exceptionally(failure -> nothing());
    }

    /** Kubernetes makes what it is asked for; AWS adds sizes of its own. */
    private static CompletableFuture<JsonNode> outputs(Resource resource) {
        if (resource.pulumiResourceType().startsWith("kubernetes:")) {
            return CompletableFuture.completedFuture(nothing());
        }
        var known = nothing();
        var fields = exported(resource.getClass())
                .map(field -> value(field, resource)
                        .thenAccept(value ->
                                known.set(field.getAnnotation(Export.class).name(), value)))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(fields)
                .<JsonNode>thenApply(done -> known)
                .exceptionally(failure -> nothing());
    }

    private static Stream<Field> exported(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Export.class) && field.getType() == Output.class);
    }

    private static CompletableFuture<JsonNode> value(Field field, Resource resource) {
        try {
            field.setAccessible(true);
            return PlainValue.of(field.get(resource));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("%s of %s cannot be read".formatted(field, resource), e);
        }
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
