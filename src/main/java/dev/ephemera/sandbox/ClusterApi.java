package dev.ephemera.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The cluster's API, as far as seeding needs it: server-side apply of text. */
final class ClusterApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long REQUEST_SECONDS = 20;
    private static final String FIELD_MANAGER = "ephemera-sandbox";

    /** A kind whose definition has just been made (404), a clash, a server that is still coming up. */
    private static final Set<Integer> PASSING = Set.of(404, 409, 429, 500, 503, 504);

    private final KubernetesClient client;

    private ClusterApi(KubernetesClient client) {
        this.client = client;
    }

    static ClusterApi of(Path kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setHttpProxy(null);
        config.setHttpsProxy(null);
        // We ask again ourselves, sooner than the client would.
        config.setRequestRetryBackoffLimit(0);
        return new ClusterApi(new KubernetesClientBuilder().withConfig(config).build());
    }

    boolean isReady() {
        try {
            return send(request("/readyz").build()).code() == 200;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Makes the object so, whoever else wrote to it; answers with the object as JSON. */
    String apply(Manifest manifest) {
        return apply(manifest, "");
    }

    void applyStatus(Manifest manifest) {
        apply(manifest, "/status");
    }

    /** Whether the object is there and has a condition of this type that is true. */
    boolean hasCondition(String path, String type) {
        try {
            var response = send(request(path).build());
            if (!response.isSuccessful()) {
                return false;
            }
            var object = JSON.readTree(response.bodyString());
            for (var condition : object.path("status").path("conditions")) {
                if (condition.path("type").asText().equals(type)) {
                    return condition.path("status").asText().equals("True");
                }
            }
            return false;
        } catch (ExecutionException | TimeoutException | java.io.IOException e) {
            return false;
        }
    }

    private String apply(Manifest manifest, String subresource) {
        var request = request(manifest.path() + subresource + "?force=true&fieldManager=" + FIELD_MANAGER)
                .method("PATCH", "application/apply-patch+yaml", manifest.yaml())
                .build();
        var end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            String answer;
            try {
                var response = send(request);
                if (response.isSuccessful()) {
                    return response.bodyString();
                }
                answer = response.code() + " " + response.bodyString();
                if (!PASSING.contains(response.code())) {
                    throw refused(manifest, answer);
                }
            } catch (ExecutionException | TimeoutException | java.io.IOException e) {
                answer = String.valueOf(e.getMessage());
            }
            if (System.nanoTime() - end >= 0) {
                throw refused(manifest, answer);
            }
            Waiting.pause();
        }
    }

    private static Failure refused(Manifest manifest, String answer) {
        return new Failure(
                Exit.FAILED, "the sandbox's API server does not take " + manifest.path() + ": " + answer.strip());
    }

    private HttpRequest.Builder request(String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl().toString()).resolve(path));
    }

    private HttpResponse<String> send(HttpRequest request) throws ExecutionException, TimeoutException {
        try {
            return client.getHttpClient().sendAsync(request, String.class).get(REQUEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted while the cluster was asked; run again", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
