package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kubernetes object of a kind that the SDK has no class for. */
public final class CustomObject extends CustomResource {

    /** What the API server has put into {@code status}; empty until it has. */
    @Export(
            name = "status",
            refs = {Map.class, String.class, Object.class},
            tree = "[0,1,2]")
    private @Nullable Output<Map<String, Object>> status;

    private static final class Args extends ResourceArgs {
        @Import(name = "apiVersion", required = true)
        @SuppressWarnings("unused") // Pulumi reads these by reflection
        private final Output<String> apiVersion;

        @Import(name = "kind", required = true)
        @SuppressWarnings("unused")
        private final Output<String> kind;

        @Import(name = "metadata")
        @SuppressWarnings("unused")
        private final Output<Map<String, Object>> metadata;

        @Import(name = "spec")
        @SuppressWarnings("unused")
        private final Output<Map<String, Object>> spec;

        Args(String apiVersion, String kind, Map<String, Object> metadata, Map<String, Object> spec) {
            this.apiVersion = Output.of(apiVersion);
            this.kind = Output.of(kind);
            this.metadata = Output.of(metadata);
            this.spec = Output.of(spec);
        }
    }

    /** Declares an object of {@code kind}, for example {@code gateway.networking.k8s.io/v1} and {@code HTTPRoute}. */
    public CustomObject(
            String name,
            String apiVersion,
            String kind,
            Map<String, Object> metadata,
            Map<String, Object> spec,
            CustomResourceOptions options) {
        super(type(apiVersion, kind), name, new Args(apiVersion, kind, metadata, spec), options);
    }

    private CustomObject(String name, String type, CustomResourceOptions options) {
        super(type, name, ResourceArgs.Empty, options);
    }

    /** Reads an object that somebody else owns; it is neither changed nor deleted. */
    public static CustomObject get(
            String name,
            String apiVersion,
            String kind,
            String namespace,
            String objectName,
            CustomResourceOptions options) {
        return new CustomObject(
                name,
                type(apiVersion, kind),
                CustomResourceOptions.merge(
                        options,
                        CustomResourceOptions.builder()
                                .id(namespace + "/" + objectName)
                                .build()));
    }

    /** The object's status as the API server last gave it. */
    public Output<Map<String, Object>> status() {
        var filled = status;
        return filled == null ? Output.of(Map.of()) : filled;
    }

    private static String type(String apiVersion, String kind) {
        return "kubernetes:%s:%s".formatted(apiVersion, kind);
    }
}
