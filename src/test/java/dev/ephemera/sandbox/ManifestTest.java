package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{1} -> {2}")
    @CsvSource({
        "v1, Node, /api/v1/nodes/n",
        "v1, Namespace, /api/v1/namespaces/n",
        "gateway.networking.k8s.io/v1, GatewayClass, /apis/gateway.networking.k8s.io/v1/gatewayclasses/n",
        "gateway.networking.k8s.io/v1, Gateway, /apis/gateway.networking.k8s.io/v1/gateways/n",
        "admissionregistration.k8s.io/v1, ValidatingAdmissionPolicy,"
                + " /apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/n",
        "apiextensions.k8s.io/v1, CustomResourceDefinition,"
                + " /apis/apiextensions.k8s.io/v1/customresourcedefinitions/n"
    })
    void knowsWhereAKindLives(String apiVersion, String kind, String path) {
        assertThat(Manifest.parse("apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata:\n  name: n\n")
                        .path())
                .isEqualTo(path);
    }

    @Test
    void takesNameAndNamespaceFromItsOwnMetadataOnly() {
        var manifest = Manifest.parse("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata:
                  annotations:
                    name: annotation
                  name: shared
                  namespace: edge
                spec:
                  name: other
                  namespace: other
                """);

        assertThat(manifest.path()).isEqualTo("/apis/gateway.networking.k8s.io/v1/namespaces/edge/gateways/shared");
    }

    @Test
    void readsEveryDocumentOfEveryFileInOrder() throws Exception {
        Files.writeString(directory.resolve("b.yaml"), document("Node", "b"));
        Files.writeString(
                directory.resolve("a.yaml"),
                "# a licence\n---\n" + document("Node", "a1") + "---\n" + document("Node", "a2"));
        Files.writeString(directory.resolve("kustomization.yaml"), "kind: Kustomization\nresources: [a.yaml]\n");
        Files.writeString(directory.resolve("README.md"), "kind: Text\n");

        assertThat(Manifest.readDirectory(directory))
                .extracting(Manifest::path)
                .containsExactly("/api/v1/nodes/a1", "/api/v1/nodes/a2", "/api/v1/nodes/b");
    }

    @Test
    void namesWhatAManifestLacks() {
        assertThatThrownBy(() -> Manifest.parse("apiVersion: v1\nkind: Node\nmetadata:\n  labels: {}\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("lacks metadata.name");
    }

    private static String document(String kind, String name) {
        return "apiVersion: v1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n";
    }
}
