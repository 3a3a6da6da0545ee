package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.kubernetes.Utilities;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one Kubernetes provider of an environment. The SDK's own arguments copy {@code KUBECONFIG} into the state; these
 * hold the context's name at most, so that a stack can be taken down from any machine that knows the cluster, and which
 * cluster that is, so that a context with another name or address replaces nothing.
 */
public final class ClusterProvider extends ProviderResource {

    /** Only what says which cluster; everything else is the plugin's default. */
    private static final class Args extends ResourceArgs {
        @Import(name = "context")
        @SuppressWarnings("unused") // Pulumi reads it by reflection
        private final @Nullable Output<String> context;

        @Import(name = "clusterIdentifier")
        @SuppressWarnings("unused")
        private final Output<String> clusterIdentifier;

        Args(@Nullable Output<String> context, String clusterIdentifier) {
            this.context = context;
            this.clusterIdentifier = Output.of(clusterIdentifier);
        }
    }

    /**
     * Declares the provider.
     *
     * @param context the kubeconfig context; empty for the kubeconfig's current one
     * @param clusterIdentifier the same for as long as it is the same cluster; the plugin replaces everything that it has
     *     made when it changes, and nothing when it is added
     */
    public ClusterProvider(
            String name, Optional<String> context, String clusterIdentifier, CustomResourceOptions options) {
        super(
                "kubernetes",
                name,
                new Args(context.map(Output::of).orElse(null), clusterIdentifier),
                CustomResourceOptions.merge(
                        options,
                        CustomResourceOptions.builder()
                                .version(Utilities.getVersion())
                                .build()));
    }
}
