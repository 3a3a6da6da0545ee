package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What workloads and jobs have in common.
 *
 * @param initContainers run one after the other, each to its end, before the container starts
 * @param runAsUser the user id of all containers; empty for the images' own, which must be numbers and not 0
 * @param databases whose address and credentials every container gets as environment variables
 * @param imagePullSecrets Secrets in the environment's namespace that say how to pull the images
 * @param serviceAccount who the pod is towards AWS; empty for nobody
 */
public record PodSpec(
        @Unwrapped ContainerSpec container,
        Map<Key, ContainerSpec> initContainers,
        @Range(least = 1, most = Integer.MAX_VALUE) Optional<Integer> runAsUser,
        @Refers("databases") List<Key> databases,
        List<ObjectName> imagePullSecrets,
        Optional<ServiceAccountSpec> serviceAccount) {

    public PodSpec {
        initContainers = Collections.unmodifiableMap(new LinkedHashMap<>(initContainers));
        databases = List.copyOf(databases);
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }

    /** A pod of one container. */
    public static PodSpec of(ContainerSpec container) {
        return new PodSpec(container, Map.of(), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /** The same pod whose container runs {@code other}. */
    public PodSpec withImage(ImageReference other) {
        return new PodSpec(
                container.withImage(other), initContainers, runAsUser, databases, imagePullSecrets, serviceAccount);
    }

    /** The same pod with the image of each init container changed, given its name and what it has. */
    PodSpec withInitImages(BiFunction<Key, ImageReference, ImageReference> change) {
        var changed = new LinkedHashMap<Key, ContainerSpec>();
        initContainers.forEach((key, each) -> changed.put(key, each.withImage(change.apply(key, each.image()))));
        return new PodSpec(container, changed, runAsUser, databases, imagePullSecrets, serviceAccount);
    }

    /** The image of each container, the pod being that of {@code owner}. */
    Map<ContainerName, ImageReference> images(Key owner) {
        var images = new LinkedHashMap<ContainerName, ImageReference>();
        images.put(ContainerName.of(owner), container.image());
        initContainers.forEach((key, each) -> images.put(ContainerName.of(owner, key), each.image()));
        return images;
    }

    /** The same pod with each of its containers changed. */
    PodSpec mapped(UnaryOperator<ContainerSpec> change) {
        var changed = new LinkedHashMap<Key, ContainerSpec>();
        initContainers.forEach((key, each) -> changed.put(key, change.apply(each)));
        return new PodSpec(change.apply(container), changed, runAsUser, databases, imagePullSecrets, serviceAccount);
    }

    /** The same pod whose container, and no other, has one more environment variable, or another value of one. */
    public PodSpec with(VariableName name, Variable value) {
        return new PodSpec(
                container.with(name, value), initContainers, runAsUser, databases, imagePullSecrets, serviceAccount);
    }

    /** The container and those before it. */
    public Stream<ContainerSpec> containers() {
        return Stream.concat(Stream.of(container), initContainers.values().stream());
    }

    /** The databases that it uses: those it lists, then those that only a variable names. */
    public List<Key> usedDatabases() {
        var used = new LinkedHashSet<>(databases);
        containers()
                .flatMap(each -> each.env().values().stream())
                .filter(Variable.OfDatabase.class::isInstance)
                .map(Variable.OfDatabase.class::cast)
                .map(Variable.OfDatabase::database)
                .forEach(used::add);
        return List.copyOf(used);
    }
}
