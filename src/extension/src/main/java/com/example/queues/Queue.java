package com.example.queues;

import com.pulumi.aws.sqs.QueueArgs;
import com.pulumi.core.Alias;
import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.Map;

/** An SQS queue of one environment, and the Secret in its namespace that holds the queue's URL. */
public final class Queue extends ComponentResource {
    /** The Secret's key. */
    static final String URL = "url";

    private static final String TYPE = "queues:index:Queue";

    private final Output<String> url;

    /** What a queue is made of. */
    public record Args(Key key, QueueSpec spec, EnvironmentNames names, Output<String> namespace) {}

    public Queue(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var child = CustomResourceOptions.builder().parent(this).build();
        var queue = new com.pulumi.aws.sqs.Queue(
                name,
                QueueArgs.builder()
                        .name(args.names().physical(args.key()))
                        .messageRetentionSeconds((int) args.spec().retention().toSeconds())
                        .visibilityTimeoutSeconds(args.spec().visibilitySeconds())
                        .tags(args.names().tags(args.key()))
                        .build(),
                child);
        this.url = queue.url();
        new Secret(
                name + "-secret",
                SecretArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(args.key().value())
                                .namespace(args.namespace())
                                .labels(args.names().labels(args.key()))
                                .build())
                        .stringData(url.applyValue(value -> Map.of(URL, value)))
                        .build(),
                CustomResourceOptions.merge(
                        child,
                        CustomResourceOptions.builder()
                                // What it was called once: environments that have it keep it.
                                .aliases(Alias.builder().name(name + "-url").build())
                                .build()));
        registerOutputs(Map.of(URL, url));
    }

    /** Where messages are sent to and received from. */
    public Output<String> url() {
        return url;
    }
}
