package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Makes in the cluster what a team has before its first preview: nodes, the Gateway API, a shared Gateway. */
final class ClusterSeed {
    /** The annotation of nodes that kwok plays. */
    static final String SIMULATED = "kwok.x-k8s.io/node=fake";

    /** The Secret with the Gateway's certificate. */
    private static final String CERTIFICATE = "shared-certificate";

    private static final Pattern GENERATION = Pattern.compile("\"generation\":([0-9]+)");

    private final ClusterApi api;

    ClusterSeed(ClusterApi api) {
        this.api = api;
    }

    /**
     * @param definitions directories of resource definitions, the Gateway API's first
     * @param certificate of the Gateway, good for every host in the zone
     */
    void apply(
            Seed.GatewayReference gateway, List<Path> definitions, Nodes nodes, CertificateAuthority.Issued certificate)
            throws IOException {
        if (nodes == Nodes.SIMULATED) {
            // First: the scheduler has them ready by the time that anybody wants a pod.
            for (var name : List.of("node-0", "node-1")) {
                api.apply(node(name));
            }
        }
        for (var directory : definitions) {
            var manifests = Manifest.readDirectory(directory);
            if (manifests.isEmpty()) {
                throw new Failure(
                        Exit.FAILED, directory + " holds no resource definitions (*.yaml); run ci/setup, then again");
            }
            manifests.forEach(api::apply);
        }
        api.apply(namespace(gateway.namespace()));
        api.apply(secret(gateway, certificate));
        if (nodes == Nodes.REAL) {
            api.apply(gatewayClass(gateway.className(), "traefik.io/gateway-controller"));
            api.apply(gateway(gateway));
        } else {
            acceptClass(gateway.className());
            programGateway(gateway);
        }
    }

    /** kwok plays it and, as nothing else is said, lets it have room for a million pods. */
    private static Manifest node(String name) {
        return Manifest.parse("""
                apiVersion: v1
                kind: Node
                metadata:
                  name: %s
                  annotations:
                    %s
                  labels:
                    kubernetes.io/hostname: %s
                    kubernetes.io/os: linux
                    type: kwok
                """.formatted(name, SIMULATED.replace("=", ": "), name));
    }

    private static Manifest namespace(String name) {
        return Manifest.parse("""
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                """.formatted(name));
    }

    private static Manifest gatewayClass(String name, String controller) {
        return Manifest.parse(classHead(name) + """
                spec:
                  controllerName: %s
                """.formatted(controller));
    }

    private static String classHead(String name) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata:
                  name: %s
                """.formatted(name);
    }

    private void acceptClass(String name) {
        var generation = generation(api.apply(gatewayClass(name, "ephemera.dev/sandbox")));
        api.applyStatus(
                Manifest.parse(classHead(name) + "status:\n  conditions:\n" + condition("  ", "Accepted", generation)));
    }

    /** Nobody controls this Gateway, so its status is written as a controller would that has made it work. */
    private void programGateway(Seed.GatewayReference gateway) {
        var generation = generation(api.apply(gateway(gateway)));
        api.applyStatus(Manifest.parse(gatewayHead(gateway)
                + """
                        status:
                          addresses:
                          - type: %s
                            value: %s
                          conditions:
                        """.formatted(gateway.address().type(), gateway.address().value())
                + condition("  ", "Accepted", generation)
                + condition("  ", "Programmed", generation)
                + "  listeners:\n"
                + listener("http", generation)
                + listener("https", generation)));
    }

    private static String listener(String name, String generation) {
        return """
                - name: %s
                  attachedRoutes: 0
                  supportedKinds:
                  - group: gateway.networking.k8s.io
                    kind: HTTPRoute
                  conditions:
                """.formatted(name).indent(2)
                + condition("    ", "Accepted", generation)
                + condition("    ", "Programmed", generation)
                + condition("    ", "ResolvedRefs", generation);
    }

    private static Manifest gateway(Seed.GatewayReference gateway) {
        return Manifest.parse(gatewayHead(gateway) + """
                spec:
                  gatewayClassName: %s
                  listeners:
                  - name: http
                    protocol: HTTP
                    port: 80
                    allowedRoutes:
                      namespaces:
                        from: All
                  - name: https
                    protocol: HTTPS
                    port: 443
                    tls:
                      certificateRefs:
                      - name: %s
                    allowedRoutes:
                      namespaces:
                        from: All
                """.formatted(gateway.className(), CERTIFICATE));
    }

    private static Manifest secret(Seed.GatewayReference gateway, CertificateAuthority.Issued certificate)
            throws IOException {
        var encoder = Base64.getEncoder();
        return Manifest.parse("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s
                  namespace: %s
                type: kubernetes.io/tls
                data:
                  tls.crt: %s
                  tls.key: %s
                """.formatted(
                        CERTIFICATE,
                        gateway.namespace(),
                        encoder.encodeToString(Files.readAllBytes(certificate.certificate())),
                        encoder.encodeToString(Files.readAllBytes(certificate.key()))));
    }

    private static String gatewayHead(Seed.GatewayReference gateway) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata:
                  name: %s
                  namespace: %s
                """.formatted(gateway.name(), gateway.namespace());
    }

    private static String condition(String indent, String type, String generation) {
        return """
                - type: %s
                  status: "True"
                  reason: %s
                  message: the sandbox says so
                  observedGeneration: %s
                  lastTransitionTime: "%s"
                """.formatted(type, type, generation, Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .indent(indent.length());
    }

    private static String generation(String answer) {
        var matcher = GENERATION.matcher(answer);
        return matcher.find() ? matcher.group(1) : "1";
    }

    /** What changes when the definitions do: names and sizes of the files. */
    static String versionOf(List<Path> definitions) throws IOException {
        var version = new StringBuilder();
        for (var directory : definitions) {
            for (var file : Manifest.filesIn(directory)) {
                version.append(file.getFileName())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ');
            }
        }
        return version.toString();
    }
}
