package dev.ephemera.components;

import com.pulumi.aws.eks.PodIdentityAssociation;
import com.pulumi.aws.eks.PodIdentityAssociationArgs;
import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.ServiceAccountSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;

/**
 * Who a pod is towards AWS: a service account of its own, whose annotations name a role, or an association of EKS Pod
 * Identity with it. It has no rights in Kubernetes, and its token is not mounted.
 */
final class ServiceIdentity {
    private ServiceIdentity() {}

    /** Declares it; its name is known when everything of it is there. */
    static Output<String> of(
            String name,
            Key key,
            ServiceAccountSpec spec,
            EnvironmentNames names,
            Output<String> namespace,
            CustomResourceOptions options) {
        var account = new ServiceAccount(
                name + "-identity",
                ServiceAccountArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(key.value())
                                .namespace(namespace)
                                .labels(names.labels(key))
                                .annotations(spec.annotations())
                                .build())
                        .automountServiceAccountToken(false)
                        .build(),
                options);
        return spec.podIdentity()
                .map(identity -> new PodIdentityAssociation(
                        name + "-pod-identity",
                        PodIdentityAssociationArgs.builder()
                                .clusterName(identity.cluster())
                                .namespace(namespace)
                                .serviceAccount(key.value())
                                .roleArn(identity.role().value())
                                .tags(names.tags(key))
                                .build(),
                        options))
                .map(association -> Output.tuple(account.id(), association.id()).applyValue(made -> key.value()))
                .orElseGet(() -> account.id().applyValue(made -> key.value()));
    }
}
