package dev.ephemera.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sandbox of the run's own with simulated nodes, a checkout with a small application, and an AWS provider that calls AWS
 * through {@link AwsInFront} and may be killed without anybody else's missing it.
 */
final class Playground implements AutoCloseable {
    private static final String SMALL = """
            workloads:
              web: {image: "registry.example.com/shop/web:1.0", port: 8080, expose: {path: /}, databases: [orders]}
            databases:
              orders:
                engine: postgres
                instanceClass: db.t4g.micro
                subnetGroup: private
                database: orders
                username: app
                snapshot: {source: shop-orders}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    private static final String RESTORE_TIME = "4s";
    private static final long LONGEST_MINUTES = 10;

    private final Path root;
    private final Path sandbox;
    private final Path checkout;
    private final Path logs;
    private final Map<String, String> outside;
    private final Map<String, String> inside;
    private final AwsInFront aws;
    private final AtomicInteger runs = new AtomicInteger();
    private Process provider;
    private final int providerPort;

    /**
     * Starts it.
     *
     * @param root the project's
     * @param sandbox the directory of the sandbox, which nobody else plays in
     */
    Playground(Path root, Path sandbox) {
        this.root = root;
        this.sandbox = sandbox;
        try {
            var place = Files.createDirectories(root.resolve("target/chaos"));
            logs = Files.createDirectories(place.resolve("logs"));
            checkout = checkout(Files.createTempDirectory(place, "run-"));
            outside = environment();
            aws = new AwsInFront(URI.create(outside.get("AWS_ENDPOINT_URL")));
            inside = new LinkedHashMap<>(outside);
            inside.put("AWS_ENDPOINT_URL", aws.endpoint());
            providerPort = startProvider(0);
            inside.put("PULUMI_DEBUG_PROVIDERS", "aws:" + providerPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path checkout(Path directory) throws IOException {
        Files.copy(root.resolve("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
        var stacks = Files.createDirectories(directory.resolve("stacks"));
        Files.writeString(stacks.resolve("application.yaml"), SMALL);
        Files.writeString(stacks.resolve("preview.yaml"), "{}\n");
        Files.createSymbolicLink(directory.resolve("target"), root.resolve("target"));
        return directory;
    }

    private Map<String, String> environment() throws IOException {
        var variables = new TreeMap<String, String>();
        for (var entry : sandbox("--nodes=simulated", "--restore-time", RESTORE_TIME, "env", "-0")
                .split("\0")) {
            var parts = entry.split("=", 2);
            variables.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return variables;
    }

    private String sandbox(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(root.resolve("ci/sandbox").toString()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("EPHEMERA_SANDBOX", sandbox.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return output;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("ci/sandbox %s did not succeed; why stands above".formatted(arguments[0]));
    }

    private int startProvider(int port) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                root.resolve("target/ephemera.jar").toString(),
                "dev.ephemera.sandbox.aws.AwsProvider",
                "--port",
                String.valueOf(port),
                "--restore-time-file",
                sandbox.resolve("sandbox/restore-time").toString());
        builder.environment().clear();
        builder.environment().putAll(inside);
        provider = builder.redirectError(ProcessBuilder.Redirect.appendTo(
                        logs.resolve("aws-provider.log").toFile()))
                .start();
        var line =
                new BufferedReader(new InputStreamReader(provider.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IllegalStateException(
                    "the AWS provider does not start; why stands in %s".formatted(logs.resolve("aws-provider.log")));
        }
        return Integer.parseInt(line.strip());
    }

    /** It serves all commands; another takes its place at once. */
    synchronized void killProvider() {
        provider.destroyForcibly();
        try {
            provider.waitFor(1, TimeUnit.MINUTES);
            startProvider(providerPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a verb of {@code ci/ephemera}. */
    Running ephemera(List<String> words) {
        return ephemera(words, Map.of());
    }

    Running ephemera(List<String> words, Map<String, String> more) {
        var command = new ArrayList<>(List.of(root.resolve("ci/ephemera").toString()));
        command.addAll(words);
        var log = logs.resolve("%04d-%s.log".formatted(runs.incrementAndGet(), words.get(0)));
        var builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(inside);
        builder.environment().putAll(more);
        try {
            return new Running(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long a database stays {@code creating} from now on. */
    void restoreTime(String time) {
        try {
            sandbox("--nodes=simulated", "--restore-time", time, "true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AwsInFront aws() {
        return aws;
    }

    /** What commands find that are not led through {@link AwsInFront}. */
    Map<String, String> environmentOutside() {
        return outside;
    }

    /** Pulumi's backend. */
    Path state() {
        return sandbox.resolve("state");
    }

    Path checkout() {
        return checkout;
    }

    long apiServer() {
        try {
            return Long.parseLong(Files.readAllLines(sandbox.resolve("sandbox/processes/kube-apiserver"))
                    .get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what the run has started, and the sandbox with all that it holds. */
    @Override
    public void close() {
        provider.destroyForcibly();
        aws.close();
        try {
            sandbox("--reset");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
