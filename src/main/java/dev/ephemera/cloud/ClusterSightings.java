package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an environment has in the cluster, found by its owner labels and asked from the API server itself. */
public final class ClusterSightings implements AutoCloseable {
    private static final ResourceDefinitionContext HTTP_ROUTES = new ResourceDefinitionContext.Builder()
            .withGroup("gateway.networking.k8s.io")
            .withVersion("v1")
            .withKind("HTTPRoute")
            .withPlural("httproutes")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;

    /**
     * Connects as {@code kubectl} would.
     *
     * @param context of the kubeconfig; empty for its current one
     */
    public ClusterSightings(Optional<String> context) {
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.autoConfigure(context.orElse(null)))
                .build();
    }

    /** Namespaces, then what is in them: Deployments, Services, HTTPRoutes, Jobs, Secrets. Pods are the Deployments'. */
    public List<ClusterObject> objects(EnvironmentNames names) {
        try {
            var labels = names.labels();
            return Stream.of(
                            client.namespaces().withLabels(labels).list().getItems(),
                            client.apps()
                                    .deployments()
                                    .inAnyNamespace()
                                    .withLabels(labels)
                                    .list()
                                    .getItems(),
                            client.services()
                                    .inAnyNamespace()
                                    .withLabels(labels)
                                    .list()
                                    .getItems(),
                            client.genericKubernetesResources(HTTP_ROUTES)
                                    .inAnyNamespace()
                                    .withLabels(labels)
                                    .list()
                                    .getItems(),
                            client.batch()
                                    .v1()
                                    .jobs()
                                    .inAnyNamespace()
                                    .withLabels(labels)
                                    .list()
                                    .getItems(),
                            client.secrets()
                                    .inAnyNamespace()
                                    .withLabels(labels)
                                    .list()
                                    .getItems())
                    .flatMap(List::stream)
                    .map(ClusterSightings::object)
                    .toList();
        } catch (KubernetesClientException e) {
            throw new Failure(Exit.UNDECIDED, "the cluster did not answer: " + e.getMessage(), e);
        }
    }

    /** What all its Secrets hold, by their keys. */
    public Map<String, String> secretValues(EnvironmentNames names) {
        var values = new TreeMap<String, String>();
        try {
            client.secrets()
                    .inAnyNamespace()
                    .withLabels(names.labels())
                    .list()
                    .getItems()
                    .forEach(secret -> secret.getData()
                            .forEach((key, value) -> values.put(
                                    key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))));
        } catch (KubernetesClientException e) {
            throw new Failure(Exit.UNDECIDED, "the cluster did not answer: " + e.getMessage(), e);
        }
        return values;
    }

    private static ClusterObject object(HasMetadata object) {
        var metadata = object.getMetadata();
        return new ClusterObject(
                object.getKind(),
                metadata.getName(),
                metadata.getUid(),
                Optional.ofNullable(metadata.getGeneration()).orElse(0L),
                images(object));
    }

    private static List<String> images(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            return images(deployment.getSpec().getTemplate());
        }
        return object instanceof Job job ? images(job.getSpec().getTemplate()) : List.of();
    }

    private static List<String> images(PodTemplateSpec template) {
        return template.getSpec().getContainers().stream()
                .map(Container::getImage)
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
