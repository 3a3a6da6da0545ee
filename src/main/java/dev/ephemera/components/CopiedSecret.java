package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;

/** A copy of a Secret of the cluster in an environment's namespace. Whether it may be copied is its caller's to ask. */
final class CopiedSecret {
    private CopiedSecret() {}

    /** Declares it. What comes back is there when the copy is, and a preview knows it too. */
    static Output<String> declare(
            Key key,
            SourceSecret source,
            EnvironmentNames names,
            Output<String> namespace,
            CustomResourceOptions child) {
        return new Secret(
                        key + "-copy",
                        SecretArgs.builder()
                                .metadata(ObjectMetaArgs.builder()
                                        .name(key.value())
                                        .namespace(namespace)
                                        .labels(names.labels(key))
                                        .build())
                                .type(source.type())
                                .data(Output.ofSecret(source.data()))
                                .build(),
                        child)
                .urn();
    }
}
