package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.SecretSource;
import dev.ephemera.model.SourceSecret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads Secrets of the cluster. Not by the engine: that would keep all of what it reads in the state, and a Secret made by
 * {@code kubectl apply} has its values in an annotation too, where nobody takes them for secret.
 */
public final class SecretLookup implements AutoCloseable {
    private final KubernetesClient client;

    /**
     * Connects as {@code kubectl} would.
     *
     * @param context of the kubeconfig; empty for its current one
     * @throws Failure when the kubeconfig cannot be read
     */
    public SecretLookup(Optional<String> context) {
        this.client = ClusterRequests.client(context);
    }

    /**
     * What it holds; empty when there is none.
     *
     * @throws Failure when the cluster does not answer, or does not let us see it
     */
    public Optional<SourceSecret> find(SecretSource source) {
        try {
            return Optional.ofNullable(client.secrets()
                            .inNamespace(source.namespace().value())
                            .withName(source.name().value())
                            .get())
                    .map(secret -> new SourceSecret(
                            Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.of()),
                            Objects.requireNonNullElse(secret.getType(), "Opaque"),
                            Objects.requireNonNullElse(secret.getData(), Map.of())));
        } catch (KubernetesClientException e) {
            var refused = ClusterRequests.isRefusal(e);
            // The client's own message may quote what the server sent.
            throw new Failure(
                    refused ? Exit.CREDENTIALS : Exit.UNDECIDED,
                    refused
                            ? "Secret %s/%s cannot be read (%d), nothing was changed: want credentials that may get it"
                                    .formatted(source.namespace(), source.name(), e.getCode())
                            : "the cluster did not answer for Secret %s/%s (%d), nothing was changed: run again when it does"
                                    .formatted(source.namespace(), source.name(), e.getCode()),
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
