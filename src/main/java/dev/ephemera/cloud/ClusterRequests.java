package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Supplier;

/** How every client of a cluster here is made, and how its failures are told. */
final class ClusterRequests {
    private ClusterRequests() {}

    /**
     * Connects as {@code kubectl} would.
     *
     * @param context of the kubeconfig; empty for its current one
     * @throws Failure when the kubeconfig cannot be read
     */
    static KubernetesClient client(Optional<String> context) {
        return new KubernetesClientBuilder()
                .withConfig(HomeLookup.kubeconfig(context))
                .build();
    }

    /** Whether the cluster does not let us, rather than not answering. */
    static boolean isRefusal(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
    }

    /** What {@code request} answers; a {@link Failure} that names {@code what} could not be done otherwise. */
    static <T> T answer(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw new Failure(
                    isRefusal(e) ? Exit.CREDENTIALS : Exit.UNDECIDED,
                    "%s failed, the cluster said: %s".formatted(what, e.getMessage()),
                    e);
        }
    }
}
