package dev.ephemera.cloud;

import dev.ephemera.naming.OwnerMarks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pods of a namespace away and gives them back, whoever has declared them. How many there were stands in an
 * annotation of each workload.
 */
public final class WorkloadScale implements AutoCloseable {
    private static final String APPS = "apps/v1";
    private static final List<String> KINDS = List.of("Deployment", "StatefulSet");
    /** As the server remembers who has set a field. */
    private static final String MANAGER = "ephemera-sleep";

    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(MANAGER)
            .build();

    private final KubernetesClient client;

    /**
     * Connects as {@code kubectl} would.
     *
     * @param context of the kubeconfig; empty for its current one
     */
    public WorkloadScale(Optional<String> context) {
        this.client = ClusterRequests.client(context);
    }

    /**
     * Lets all pods of its workloads end.
     *
     * @throws dev.ephemera.failure.Failure when the API server does not do it
     */
    public void toNone(String namespace) {
        ClusterRequests.answer("taking the pods of %s away".formatted(namespace), () -> {
            workloads(namespace)
                    .filter(workload -> replicas(workload, "spec", "replicas") > 0)
                    .forEach(workload -> patch(
                            workload,
                            Map.of(
                                    "metadata",
                                    Map.of(
                                            "annotations",
                                            Map.of(
                                                    OwnerMarks.ANNOTATION_AWAKE_REPLICAS,
                                                    String.valueOf(replicas(workload, "spec", "replicas")))),
                                    "spec",
                                    Map.of("replicas", 0))));
            return namespace;
        });
    }

    /**
     * Lets as many start as there were; workloads that were not scaled by us stay as they are.
     *
     * @throws dev.ephemera.failure.Failure when the API server does not do it
     */
    public void asBefore(String namespace) {
        ClusterRequests.answer("giving the pods of %s back".formatted(namespace), () -> {
            workloads(namespace).forEach(workload -> {
                awakeReplicas(workload).ifPresent(replicas -> {
                    var annotations = new HashMap<String, @Nullable Object>();
                    annotations.put(OwnerMarks.ANNOTATION_AWAKE_REPLICAS, null);
                    patch(
                            workload,
                            Map.of(
                                    "metadata", Map.of("annotations", annotations),
                                    "spec", Map.of("replicas", replicas)));
                });
                disown(workload);
            });
            return namespace;
        });
    }

    /**
     * Gives the fields that we have set back to nobody: the next update sets them too, and would be told of a conflict with us
     * where it sets them otherwise.
     */
    private void disown(GenericKubernetesResource workload) {
        var now = resource(workload).get();
        if (now == null || now.getMetadata().getManagedFields() == null) {
            return;
        }
        var others = now.getMetadata().getManagedFields().stream()
                .filter(entry -> !MANAGER.equals(entry.getManager()))
                .toList();
        if (others.size() < now.getMetadata().getManagedFields().size()) {
            patch(workload, Map.of("metadata", Map.of("managedFields", others)));
        }
    }

    /**
     * What is not ready of its workloads; empty when all are.
     *
     * @throws dev.ephemera.failure.Failure when the API server does not answer
     */
    public List<String> notReady(String namespace) {
        return ClusterRequests.answer(
                "looking at the pods of %s".formatted(namespace),
                () -> workloads(namespace)
                        .filter(workload ->
                                replicas(workload, "status", "readyReplicas") < replicas(workload, "spec", "replicas"))
                        .map(workload -> workload.getMetadata().getName())
                        .toList());
    }

    private Stream<GenericKubernetesResource> workloads(String namespace) {
        return KINDS.stream()
                .flatMap(kind ->
                        client
                                .genericKubernetesResources(APPS, kind)
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .stream());
    }

    private void patch(GenericKubernetesResource workload, Map<String, ?> change) {
        resource(workload).patch(MERGE, Serialization.asJson(change));
    }

    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource workload) {
        return client.genericKubernetesResources(APPS, workload.getKind())
                .inNamespace(workload.getMetadata().getNamespace())
                .withName(workload.getMetadata().getName());
    }

    private static Optional<Integer> awakeReplicas(GenericKubernetesResource workload) {
        return Optional.ofNullable(workload.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(OwnerMarks.ANNOTATION_AWAKE_REPLICAS))
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(Integer::valueOf);
    }

    private static int replicas(GenericKubernetesResource workload, String part, String count) {
        return workload.get(part, count) instanceof Number number ? number.intValue() : 0;
    }

    @Override
    public void close() {
        client.close();
    }
}
