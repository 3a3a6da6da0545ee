package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import dev.ephemera.naming.OwnerMarks;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The namespaces that labels mark as environments'. What stands in one ends with it. */
public final class ClusterBelongings implements AutoCloseable {
    /** For an object without finalizers, which none of ours has. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final KubernetesClient client;

    /**
     * Connects as {@code kubectl} would.
     *
     * @param context of the kubeconfig; empty for its current one
     */
    public ClusterBelongings(Optional<String> context) {
        this.client = ClusterRequests.client(context);
    }

    /**
     * All of them.
     *
     * @throws Failure when the API server does not answer in full
     */
    public List<Belonging> all() {
        return ClusterRequests.answer(
                "listing namespaces",
                () -> client.namespaces().withLabel(OwnerMarks.LABEL_STACK).list().getItems().stream()
                        .map(ClusterBelongings::belonging)
                        .toList());
    }

    private static Belonging belonging(Namespace namespace) {
        var metadata = namespace.getMetadata();
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        return new Belonging(
                Kind.NAMESPACE,
                metadata.getName(),
                metadata.getName(),
                labels.getOrDefault(OwnerMarks.LABEL_PROJECT, ""),
                labels.getOrDefault(OwnerMarks.LABEL_STACK, ""),
                condition(namespace));
    }

    /** What keeps a namespace that is ending: the API server says so in conditions of status True, such as finalizers. */
    private static String condition(Namespace namespace) {
        var status = namespace.getStatus();
        if (namespace.getMetadata().getDeletionTimestamp() == null || status == null) {
            return "";
        }
        var reasons = status.getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> condition.getType() + ": " + condition.getMessage())
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "terminating" : "terminating, " + reasons;
    }

    /**
     * Begins to delete it. The caller has seen that it belongs to the environment; whether it goes is to be looked at again.
     *
     * @return why the API server does not; empty when it does, or it is gone
     */
    public Optional<String> delete(Belonging belonging) {
        return ClusterRequests.answer("deleting " + belonging, () -> {
            client.namespaces().withName(belonging.id()).delete();
            return Optional.empty();
        });
    }

    /**
     * Deletes an object that an environment has begun to make, and waits until it is gone.
     *
     * @param object in its namespace
     * @param labels that it has to have, exactly
     * @throws Failure when it has others, or does not go
     */
    public void delete(KubernetesObject object, Map<String, String> labels) {
        ClusterRequests.answer("deleting " + object, () -> {
            var there = client.genericKubernetesResources(object.apiVersion(), object.kind())
                    .inNamespace(object.namespace())
                    .withName(object.name());
            var now = there.get();
            if (now == null) {
                return true;
            }
            var its = Objects.requireNonNullElse(now.getMetadata().getLabels(), Map.<String, String>of());
            if (!its.entrySet().containsAll(labels.entrySet())) {
                throw new Failure(
                        Exit.REFUSED,
                        "%s stands where an update that was killed has begun to make one, but is not marked as the environment's: it is left alone; remove it, or say another name, and run again"
                                .formatted(object));
            }
            there.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
            there.waitUntilCondition(Objects::isNull, LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
