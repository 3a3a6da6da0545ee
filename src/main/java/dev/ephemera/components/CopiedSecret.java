package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.meta.v1.outputs.ObjectMeta;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.SecretSource;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.OwnerMarks;
import java.util.Map;

/**
 * A copy of a Secret of the cluster in an environment's namespace. It is copied only when a label on the source says that
 * this project may: otherwise whoever changes the file in a pull request could read every Secret that CI can.
 */
final class CopiedSecret {
    private CopiedSecret() {}

    /** Declares it. What comes back is there when the copy is, and a preview knows it too. */
    static Output<String> declare(
            Key key,
            SecretSource source,
            EnvironmentNames names,
            Output<String> namespace,
            CustomResourceOptions child) {
        var original = Secret.get(key + "-source", Output.of(source.namespace() + "/" + source.name()), child);
        var allowed = original.metadata().applyValue(metadata -> allowed(source, names, metadata));
        return new Secret(
                        key + "-copy",
                        SecretArgs.builder()
                                .metadata(ObjectMetaArgs.builder()
                                        .name(key.value())
                                        .namespace(namespace)
                                        .labels(names.labels(key))
                                        .build())
                                .type(Output.tuple(allowed, original.type()).applyValue(values -> values.t2))
                                .data(Output.tuple(allowed, original.data())
                                        .applyValue(values -> values.t2)
                                        .asSecret())
                                .build(),
                        child)
                .urn();
    }

    /** Throws {@link RunException} when the source does not say that it may be copied. */
    static boolean allowed(SecretSource source, EnvironmentNames names, ObjectMeta metadata) {
        var project = names.labels().get(OwnerMarks.LABEL_PROJECT);
        if (!Map.copyOf(metadata.labels())
                .getOrDefault(OwnerMarks.LABEL_COPIED_BY, "")
                .equals(project)) {
            throw new RunException(
                    "Secret %s/%s may not be copied into previews: want its label %s=%s, which whoever owns it gives it"
                            .formatted(source.namespace(), source.name(), OwnerMarks.LABEL_COPIED_BY, project));
        }
        return true;
    }
}
