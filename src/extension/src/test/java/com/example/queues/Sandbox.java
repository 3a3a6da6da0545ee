package com.example.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code ci/sandbox}, and clients that ask what is in it: nothing of the program is used. */
final class Sandbox implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("ephemera.home"));
    private static final long LIMIT_MINUTES = 5;

    private final KubernetesClient kubernetes;
    private final SqsClient sqs;

    Sandbox() {
        // Puts the images of the kit's sample, and so a broker's, into it.
        run("image", "sample");
        var variables = new LinkedHashMap<String, String>();
        for (var entry : run("env", "-0").split("\0")) {
            var parts = entry.split("=", 2);
            variables.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(variables.get("KUBECONFIG"))))
                .build();
        sqs = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(variables.get("AWS_REGION")))
                .endpointOverride(URI.create(variables.get("AWS_ENDPOINT_URL")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY"))))
                .build();
    }

    /** Runs {@code pulumi} in this project, and fails when it fails. */
    String pulumi(String... arguments) {
        var command = new ArrayList<>(List.of("pulumi"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    KubernetesClient kubernetes() {
        return kubernetes;
    }

    SqsClient sqs() {
        return sqs;
    }

    /** The namespace of {@code stack}; empty when there is none. */
    Optional<String> namespace(String stack) {
        return kubernetes.namespaces().withLabel("ephemera.dev/stack", stack).list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .findFirst();
    }

    Map<String, String> secret(String namespace, String name) {
        var values = new LinkedHashMap<String, String>();
        kubernetes
                .secrets()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getData()
                .forEach((key, value) ->
                        values.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return values;
    }

    String uidOfSecret(String namespace, String name) {
        return kubernetes
                .secrets()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getMetadata()
                .getUid();
    }

    private static String run(String... command) {
        var whole = new ArrayList<>(List.of(HOME.resolve("ci/sandbox").toString()));
        whole.addAll(List.of(command));
        try {
            var error = Files.createTempFile("sandbox", ".err");
            var process =
                    new ProcessBuilder(whole).redirectError(error.toFile()).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", whole)
                    .isTrue();
            assertThat(process.exitValue()).as(output + Files.readString(error)).isZero();
            Files.delete(error);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kubernetes.close();
        sqs.close();
    }
}
