package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.LimitRange;
import com.pulumi.kubernetes.core.v1.LimitRangeArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.core.v1.ResourceQuota;
import com.pulumi.kubernetes.core.v1.ResourceQuotaArgs;
import com.pulumi.kubernetes.core.v1.inputs.LimitRangeItemArgs;
import com.pulumi.kubernetes.core.v1.inputs.LimitRangeSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceQuotaSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.EgressSpec;
import dev.ephemera.model.Quota;
import dev.ephemera.model.ResourcesSpec;
import dev.ephemera.naming.EnvironmentNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A namespace in which nothing runs with more rights than it needs, takes more than its share, or talks to another
 * environment. Whatever takes its {@link #name} is made only when all of that is in force.
 */
public final class IsolatedNamespace {
    /** Pinned, so that an upgrade of the cluster refuses no pod that ran before. A cluster that is older takes its own. */
    private static final String POD_SECURITY_VERSION = "v1.34";

    private final Args args;
    private final Output<String> name;

    /**
     * What a namespace is made of.
     *
     * @param egress where its pods may connect to beside each other, name servers and databases
     * @param quota the most it may take of the cluster
     */
    public record Args(EnvironmentNames names, List<EgressSpec> egress, Quota quota) {}

    public IsolatedNamespace(Args args, CustomResourceOptions options) {
        this.args = args;
        var namespace = new Namespace("namespace", namespace(), options);
        var quota = new ResourceQuota("quota", quota(namespace.id()), options);
        var limits = new LimitRange("limits", limits(namespace.id()), options);
        var border =
                new NetworkPolicy("border", NetworkRules.border(args.names(), namespace.id(), args.egress()), options);
        this.name = Output.tuple(namespace.id(), quota.id(), limits.id(), border.id())
                // The namespace's id is its name.
                .applyValue(made -> made.t1);
    }

    /** Its name, known only when it is isolated. */
    public Output<String> name() {
        return name;
    }

    private NamespaceArgs namespace() {
        var labels = new TreeMap<>(args.names().labels());
        labels.put("pod-security.kubernetes.io/enforce", "restricted");
        labels.put("pod-security.kubernetes.io/enforce-version", POD_SECURITY_VERSION);
        return NamespaceArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .name(args.names().namespace())
                        .labels(labels)
                        .build())
                .build();
    }

    private ResourceQuotaArgs quota(Output<String> namespace) {
        var quota = args.quota();
        return ResourceQuotaArgs.builder()
                .metadata(metadata(namespace))
                .spec(ResourceQuotaSpecArgs.builder()
                        .hard(Map.of(
                                "pods", String.valueOf(quota.pods()),
                                "requests.cpu", quota.cpu(),
                                "requests.memory", quota.memory(),
                                "limits.memory", quota.memory(),
                                // What would be made in AWS outside the state, and cost.
                                "services.loadbalancers", "0",
                                "services.nodeports", "0",
                                "persistentvolumeclaims", "0"))
                        .build())
                .build();
    }

    /** For pods that others put there: a quota refuses those that do not say what they ask for. */
    private LimitRangeArgs limits(Output<String> namespace) {
        var sizes = ResourcesSpec.DEFAULT;
        return LimitRangeArgs.builder()
                .metadata(metadata(namespace))
                .spec(LimitRangeSpecArgs.builder()
                        .limits(LimitRangeItemArgs.builder()
                                .type("Container")
                                .defaultRequest(Map.of(
                                        "cpu",
                                        sizes.cpu().value(),
                                        "memory",
                                        sizes.memory().value()))
                                .default_(Map.of("memory", sizes.memory().value()))
                                .build())
                        .build())
                .build();
    }

    private ObjectMetaArgs metadata(Output<String> namespace) {
        return ObjectMetaArgs.builder()
                .name("environment")
                .namespace(namespace)
                .labels(args.names().labels())
                .build();
    }
}
