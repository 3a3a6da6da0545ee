package dev.ephemera.cloud;

import dev.ephemera.failure.Failure;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that is marked as an environment's in one cluster, one region of AWS and one DNS zone. */
public final class Clouds implements AutoCloseable {
    private final ClusterBelongings cluster;
    private final AwsBelongings aws;
    private final DnsBelongings dns;

    /**
     * Makes the clients.
     *
     * @param context of the kubeconfig; empty for its current one
     * @param region for example {@code eu-west-1}
     * @param zone the DNS zone's name, without a trailing dot
     */
    public Clouds(Optional<String> context, String region, String zone) {
        this.cluster = new ClusterBelongings(context);
        this.aws = new AwsBelongings(region);
        this.dns = new DnsBelongings(region, zone);
    }

    /**
     * All of them, whosever they are. The three are asked at the same time.
     *
     * @throws Failure when one of them does not answer in full: then nothing is known
     */
    public List<Belonging> all() {
        var answers = Stream.<Supplier<List<Belonging>>>of(cluster::all, aws::all, dns::all)
                .map(CompletableFuture::supplyAsync)
                .toList();
        try {
            return answers.stream().flatMap(answer -> answer.join().stream()).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }

    /**
     * Begins to delete it. The caller has seen that it belongs to the environment; whether it goes is to be looked at again.
     *
     * @return why it is not deleted now; empty when it is, or it is gone
     */
    public Optional<String> delete(Belonging belonging) {
        return belonging.kind() == Kind.NAMESPACE
                ? cluster.delete(belonging)
                : belonging.kind() == Kind.DNS_RECORD ? dns.delete(belonging) : aws.delete(belonging);
    }

    /**
     * Deletes an object of a namespace that an environment has begun to make, and waits until it is gone.
     *
     * @param labels that it has to have, exactly
     * @throws Failure when it has others, or does not go
     */
    public void delete(KubernetesObject object, Map<String, String> labels) {
        cluster.delete(object, labels);
    }

    /** Deletes a rule that an environment has begun to make. The caller has seen that the group is the environment's. */
    public void delete(IngressRule rule) {
        aws.delete(rule);
    }

    @Override
    public void close() {
        cluster.close();
        aws.close();
        dns.close();
    }
}
