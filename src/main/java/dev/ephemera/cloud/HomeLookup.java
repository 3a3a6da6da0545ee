package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** Asks a cluster and an account who they are. */
public final class HomeLookup {
    private static final String NAMESPACE = "kube-system";
    /** Each waits up to the client's 10 s, and a little longer than the one before. */
    private static final int RETRIES = 2;
    /** The SDK has no type for it. */
    private static final String NO_CREDENTIALS = "Unable to load credentials";

    private HomeLookup() {}

    /**
     * The uid of the cluster that {@code kubectl} would reach.
     *
     * @param context of the kubeconfig; empty for its current one
     * @throws Failure when the cluster does not answer, or does not let us see its namespace {@code kube-system}
     */
    public static String cluster(Optional<String> context) {
        var config = kubeconfig(context);
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            var namespace = client.namespaces().withName(NAMESPACE).get();
            if (namespace == null) {
                throw new Failure(
                        Exit.UNDECIDED,
                        "the cluster at %s has no namespace %s, want one that has, to tell it from others; nothing was changed"
                                .formatted(config.getMasterUrl(), NAMESPACE));
            }
            return namespace.getMetadata().getUid();
        } catch (KubernetesClientException e) {
            if (ClusterRequests.isRefusal(e)) {
                throw new Failure(
                        Exit.CREDENTIALS,
                        "the cluster at %s does not say which one it is (%d), nothing was changed: want credentials that may get its namespace %s"
                                .formatted(config.getMasterUrl(), e.getCode(), NAMESPACE),
                        e);
            }
            throw new Failure(
                    Exit.UNDECIDED,
                    "the cluster at %s does not answer, nothing was changed: %s"
                            .formatted(config.getMasterUrl(), e.getMessage()),
                    e);
        }
    }

    static Config kubeconfig(Optional<String> context) {
        try {
            var config = Config.autoConfigure(context.orElse(null));
            config.setRequestRetryBackoffLimit(RETRIES);
            return config;
        } catch (KubernetesClientException e) {
            // What the client says of it may quote the file.
            throw new Failure(
                    Exit.USAGE,
                    "the kubeconfig cannot be read, nothing was changed: want what `kubectl config view` reads in KUBECONFIG or ~/.kube/config",
                    e);
        }
    }

    /**
     * The account that the credentials are of, which are found where the AWS SDK looks for them.
     *
     * @param region for example {@code eu-west-1}; AWS is asked there
     * @throws Failure when AWS does not answer, or does not take the credentials
     */
    public static String account(String region) {
        return AwsRequests.answer("asking AWS whose credentials these are", () -> {
            try (var sts = AwsRequests.client(StsClient.builder(), region)) {
                return sts.getCallerIdentity().account();
            } catch (StsException e) {
                if (e.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED
                        || e.statusCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                    throw credentials("AWS does not take the credentials", e);
                }
                throw e;
            } catch (SdkClientException e) {
                if (String.valueOf(e.getMessage()).startsWith(NO_CREDENTIALS)) {
                    throw credentials("there are no credentials for AWS", e);
                }
                throw e;
            }
        });
    }

    private static Failure credentials(String what, SdkException e) {
        // What the client says lists every place where it has looked.
        return new Failure(
                Exit.CREDENTIALS,
                "%s, nothing was changed: want those that `aws sts get-caller-identity` finds".formatted(what),
                e);
    }
}
