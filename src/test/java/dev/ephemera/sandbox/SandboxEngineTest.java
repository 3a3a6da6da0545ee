package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.route53.Route53Client;

/** Starts real ones and asks the API server and the emulated AWS what they hold. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxEngineTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<String, String> CALLER = System.getenv();
    private static final String LIVING_STACK = """
            {"version": 3, "checkpoint": {"latest": {"resources": [
              {"type": "pulumi:pulumi:Stack"}, {"type": "aws:rds/instance:Instance", "custom": true}]}}}
            """;

    @TempDir
    static Path temporary;

    private final List<String> progress = new CopyOnWriteArrayList<>();
    private SandboxDirectory directory;
    private SandboxEnvironment environment;

    @BeforeAll
    void start() throws Exception {
        directory = directory("one");
        environment = sandbox(directory).start(options());
    }

    @BeforeEach
    void forgetProgress() {
        progress.clear();
    }

    @AfterAll
    void leaveNothing() throws Exception {
        for (var name : List.of("one", "two", "three")) {
            sandbox(directory(name)).reset();
        }
        assertThat(processesNaming(temporary.toString())).isEmpty();
    }

    @Test
    void theClusterHasNodesTheGatewayApiAndTheSharedGateway() throws Exception {
        var expected = hasRealNode() ? 1 : 2;
        try (var kubernetes = kubernetes(directory)) {
            assertThat(Waiting.until(
                            () -> kubernetes.nodes().list().getItems().stream()
                                            .filter(node -> node.getStatus().getConditions().stream()
                                                    .anyMatch(condition ->
                                                            condition.getType().equals("Ready")
                                                                    && condition
                                                                            .getStatus()
                                                                            .equals("True")))
                                            .count()
                                    == expected,
                            LIMIT))
                    .isTrue();
            assertThat(kubernetes.raw("/apis/gateway.networking.k8s.io/v1/httproutes"))
                    .contains("HTTPRouteList");
            assertThat(kubernetes.raw("/apis/gateway.networking.k8s.io/v1/namespaces/gateway/gateways/shared"))
                    .contains("\"type\":\"IPAddress\",\"value\":\"" + gatewayAddress() + "\"")
                    .contains("\"type\":\"Programmed\"")
                    .contains("\"gatewayClassName\":\"sandbox\"");
        }
    }

    private boolean hasRealNode() throws Exception {
        return Nodes.read(directory.nodes()).equals(java.util.Optional.of(Nodes.REAL));
    }

    private String gatewayAddress() throws Exception {
        return hasRealNode() ? Addresses.in(directory).network().node() : "127.0.0.1";
    }

    @Test
    void theCloudHasZoneNetworkAndProductionsSnapshots() {
        try (var rds = rds(directory);
                var route53 = route53(directory)) {
            assertThat(route53.listHostedZones().hostedZones())
                    .extracting(zone -> zone.name())
                    .containsExactly("preview.example.com.");
            assertThat(rds.describeDBSubnetGroups(request -> request.dbSubnetGroupName("private"))
                            .dbSubnetGroups()
                            .get(0)
                            .subnets())
                    .extracting(subnet -> subnet.subnetAvailabilityZone().name())
                    .containsExactlyInAnyOrder("eu-west-1a", "eu-west-1b");
            var source = rds.describeDBInstances(request -> request.dbInstanceIdentifier("shop-orders"))
                    .dbInstances()
                    .get(0);
            assertThat(source.dbInstanceStatus()).isEqualTo("available");
            assertThat(source.storageEncrypted()).isTrue();
            assertThat(source.backupRetentionPeriod()).isZero();
            assertThat(source.tagList()).anyMatch(tag -> tag.value().equals("production"));
            var masked = snapshot(rds, "shop-orders-masked-1");
            var raw = snapshot(rds, "shop-orders-raw-1");
            assertThat(masked.tagList())
                    .anyMatch(tag ->
                            tag.key().equals("ephemera:masked") && tag.value().equals("true"));
            assertThat(raw.tagList()).noneMatch(tag -> tag.key().equals("ephemera:masked"));
            assertThat(raw.snapshotCreateTime()).isAfter(masked.snapshotCreateTime());
            assertThat(masked.originalSnapshotCreateTime()).isNotNull();
        }
    }

    @Test
    void aSecondStartFindsEverythingThere() throws Exception {
        var before = pids(directory);

        assertThat(sandbox(directory).start(options())).isEqualTo(environment);

        assertThat(pids(directory)).isEqualTo(before);
        assertThat(progress).isEmpty();
    }

    @Test
    void aRestoreTimeHoldsAtOnceForWhatIsMadeFromThenOn() throws Exception {
        sandbox(directory).start(options("--restore-time", "120m"));
        try (var rds = rds(directory)) {
            restore(rds, "slow");
            assertThat(status(rds, "slow")).isEqualTo("creating");

            sandbox(directory).start(options("--restore-time=0s"));
            restore(rds, "quick");
            assertThat(Waiting.until(() -> status(rds, "quick").equals("available"), LIMIT))
                    .isTrue();
            assertThat(status(rds, "slow")).isEqualTo("creating");
            assertThat(sandbox(directory).status().lines()).anyMatch(line -> line.matches("restore time +0s"));
        }
    }

    @Test
    void twoSandboxesDoNotSeeEachOther() throws Exception {
        var other = directory("two");
        var otherEnvironment = sandbox(other).start(options());

        assertThat(pids(other).values())
                .doesNotContainAnyElementsOf(pids(directory).values());
        for (var name : List.of("AWS_ENDPOINT_URL", "KUBECONFIG", "PULUMI_BACKEND_URL", "PULUMI_DEBUG_PROVIDERS")) {
            assertThat(otherEnvironment.set().get(name))
                    .isNotEqualTo(environment.set().get(name));
        }
        try (var here = kubernetes(directory);
                var there = kubernetes(other);
                var rds = rds(other)) {
            assertThat(uid(there)).isNotEqualTo(uid(here));
            rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier("shop-orders-masked-1"));
        }
        try (var rds = rds(directory)) {
            assertThat(snapshot(rds, "shop-orders-masked-1").status()).isEqualTo("available");
        }

        sandbox(other).stop();

        assertThat(processesNaming(other.root().toString())).isEmpty();
        assertThat(sandbox(directory).status().complete()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MOTO")
    void aPartThatWasKilledIsNamedAndStartedAgainWithNothingLost(Part part) throws Exception {
        assumeThat(!Part.REAL_NODE.contains(part) || hasRealNode()).isTrue();
        try (var kubernetes = kubernetes(directory)) {
            kubernetes
                    .configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("kept-" + part.label())
                            .endMetadata()
                            .build())
                    .create();
        }
        var before = pids(directory);
        kill(directory, part);

        assertThat(sandbox(directory).start(options())).isEqualTo(environment);

        assertThat(progress)
                .anyMatch(line -> line.startsWith(
                        part.label() + " (pid " + before.get(part) + ") has ended; its log: " + directory.root()));
        assertThat(pids(directory).get(part)).isNotNull().isNotEqualTo(before.get(part));
        assertThat(pids(directory).get(Part.MOTO)).isEqualTo(before.get(Part.MOTO));
        assertThat(sandbox(directory).status().complete()).isTrue();
        try (var kubernetes = kubernetes(directory)) {
            assertThat(kubernetes
                            .configMaps()
                            .inNamespace("default")
                            .withName("kept-" + part.label())
                            .get())
                    .isNotNull();
        }
    }

    @Test
    void whenTheCloudHasEndedAndNoStackNeedsItItIsMadeAgain() throws Exception {
        kill(directory, Part.MOTO);

        sandbox(directory).start(options());

        assertThat(progress).anyMatch(line -> line.startsWith("moto (pid ") && line.contains("has ended"));
        try (var rds = rds(directory)) {
            assertThat(snapshot(rds, "shop-orders-masked-1").status()).isEqualTo("available");
        }
    }

    @Test
    void whenTheCloudHasEndedUnderALivingStackTheStackIsNamedAndNothingIsStarted() throws Exception {
        var state = livingStack(directory);
        try {
            kill(directory, Part.MOTO);

            assertThatThrownBy(() -> sandbox(directory).start(options()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("shop/pr-1 (1 resource)")
                    .hasMessageContaining("--reset")
                    .extracting(failure -> ((Failure) failure).exit())
                    .isEqualTo(Exit.FAILED);
            assertThat(new Processes(directory).isAlive(Part.MOTO)).isFalse();
        } finally {
            Files.delete(state);
            sandbox(directory).start(options());
        }
    }

    @Test
    void isNotStoppedUnderALivingStack() throws Exception {
        var before = pids(directory);
        var state = livingStack(directory);
        try {
            assertThatThrownBy(() -> sandbox(directory).stop())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("shop/pr-1 (1 resource)")
                    .extracting(failure -> ((Failure) failure).exit())
                    .isEqualTo(Exit.REFUSED);
            assertThat(pids(directory)).isEqualTo(before);
            assertThat(sandbox(directory).status().complete()).isTrue();
        } finally {
            Files.delete(state);
        }
    }

    @Test
    void aStopLeavesNoProcessAndKeepsTheCluster() throws Exception {
        String uid;
        try (var kubernetes = kubernetes(directory)) {
            uid = uid(kubernetes);
        }

        sandbox(directory).stop();

        assertThat(processesNaming(directory.root().toString())).isEmpty();
        assertThat(sandbox(directory).status().complete()).isFalse();
        progress.clear();
        sandbox(directory).start(options());
        assertThat(progress).noneMatch(line -> line.contains("has ended"));
        try (var kubernetes = kubernetes(directory)) {
            assertThat(uid(kubernetes)).isEqualTo(uid);
        }
    }

    @Test
    void aResetLeavesNoProcessAndNoState() throws Exception {
        var other = directory("three");
        sandbox(other).start(options());
        livingStack(other);

        sandbox(other).reset();

        assertThat(processesNaming(other.root().toString())).isEmpty();
        assertThat(other.state()).isEmptyDirectory();
        assertThat(other.environment()).doesNotExist();
        assertThat(other.kwok()).doesNotExist();
    }

    @Test
    void withAClusterOfOnesOwnNoneIsStarted() throws Exception {
        var other = directory("three");
        sandbox(other).reset();
        var caller = new java.util.HashMap<>(CALLER);
        caller.put("KUBECONFIG", "/mine");

        var mine = sandbox(other, caller).start(options("--kubernetes=mine"));

        assertThat(mine.set()).doesNotContainKey("KUBECONFIG").containsKey("AWS_ENDPOINT_URL");
        assertThat(pids(other)).containsOnlyKeys(Part.MOTO, Part.AWS_PROVIDER);
        sandbox(other).stop();
    }

    /** At each of these points the launcher is killed as it says so. */
    @ParameterizedTest(name = "killed after \"{0}\"")
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"Starting the sandbox", "The AWS provider answers", "The API server is ready"})
    void aStartThatWasKilledHalfWayIsFinishedByTheNext(String moment) throws Exception {
        var other = directory("three");
        sandbox(other).reset();
        var launcher = launch(other);
        try (var lines = launcher.errorReader()) {
            assertThat(lines.lines().anyMatch(line -> line.contains(moment))).isTrue();
        }
        launcher.destroyForcibly().waitFor();

        startsWhole(other);
    }

    /** Its processes are there by then and nobody has written down whose they are. */
    @Test
    void aStartThatWasKilledWhileTheControlPlaneWasBeingStartedIsFinishedByTheNext() throws Exception {
        var other = directory("three");
        var killed = false;
        // The moment is short: a busy machine may let it pass before the launcher is killed.
        for (int attempt = 0; attempt < 10 && !killed; attempt++) {
            killed = killedWhileTheControlPlaneIsStarted(other);
        }
        assertThat(killed).isTrue();

        startsWhole(other);
    }

    private boolean killedWhileTheControlPlaneIsStarted(SandboxDirectory other) throws Exception {
        sandbox(other).reset();
        var first = other.kwok().resolve(Path.of("clusters", other.clusterName(), "pids", "etcd.pid"));
        var launcher = launch(other);
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(first)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        launcher.destroyForcibly().waitFor();
        return new Processes(other).record(Part.ETCD).isEmpty();
    }

    private void startsWhole(SandboxDirectory other) throws Exception {
        sandbox(other).start(options());

        assertThat(sandbox(other).status().complete()).isTrue();
        assertThat(partsNaming(other.sandbox().toString()))
                .containsExactlyInAnyOrderElementsOf(pids(other).values());
        try (var rds = rds(other);
                var kubernetes = kubernetes(other)) {
            assertThat(snapshot(rds, "shop-orders-raw-1").status()).isEqualTo("available");
            assertThat(kubernetes.raw("/apis/gateway.networking.k8s.io/v1/namespaces/gateway/gateways/shared"))
                    .contains("\"type\":\"Programmed\"");
        }
    }

    @Test
    void twoThatStartItAtOnceStartItOnce() throws Exception {
        var other = directory("three");
        sandbox(other).reset();

        var launchers = List.of(launch(other), launch(other));
        var started = new ArrayList<String>();
        for (var launcher : launchers) {
            var lines = new String(launcher.getErrorStream().readAllBytes());
            assertThat(launcher.waitFor()).as(lines).isZero();
            started.addAll(lines.lines()
                    .filter(line -> line.contains("The sandbox runs"))
                    .toList());
        }

        assertThat(started).hasSize(1);
        assertThat(partsNaming(other.sandbox().toString()))
                .containsExactlyInAnyOrderElementsOf(pids(other).values());
        assertThat(sandbox(other).status().complete()).isTrue();
    }

    @Test
    void theProviderIsStartedAnewWhenItsCodeHasChanged() throws Exception {
        var before = pids(directory);
        var process =
                new Processes(directory).record(Part.AWS_PROVIDER).orElseThrow().process();
        new Processes(directory).adopt(Part.AWS_PROVIDER, process.pid(), "an earlier build");

        sandbox(directory).start(options());

        assertThat(process.isAlive()).isFalse();
        var after = pids(directory);
        assertThat(after.remove(Part.AWS_PROVIDER)).isNotEqualTo(before.remove(Part.AWS_PROVIDER));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aPortThatSomebodyElseTookMeanwhileIsNamed() throws Exception {
        var other = directory("three");
        sandbox(other).start(options());
        sandbox(other).stop();
        var port = Ports.in(other.ports()).of(Part.KUBE_SCHEDULER);

        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> sandbox(other).start(options()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("kube-scheduler");
        }
        sandbox(other).start(options());
        assertThat(sandbox(other).status().complete()).isTrue();
    }

    @Test
    void theCommandGetsItsArgumentsAndItsInputAndItsExitCodeIsTheScripts() throws Exception {
        var command = script(
                        "--restore-time", "1s", "sh", "-c", "cat; printf '<%s>' \"$@\"; exit 7", "sh", "a b", "c'd", "")
                .start();
        command.getOutputStream().write("input ".getBytes(StandardCharsets.UTF_8));
        command.getOutputStream().close();

        assertThat(new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("input <a b><c'd><>");
        assertThat(command.waitFor()).isEqualTo(7);
    }

    @Test
    void aSignalReachesTheCommand() throws Exception {
        var command = script("sh", "-c", "trap 'exit 42' TERM; echo ready; while :; do sleep 0.1; done")
                .start();
        try (var output = command.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            command.destroy();
            assertThat(command.waitFor()).isEqualTo(42);
        }
    }

    @Test
    void aPipeBehindTheCommandEndsWithItEvenWhenPartsWereStarted() throws Exception {
        for (var part : List.of(Part.AWS_PROVIDER, Part.KWOK)) {
            kill(directory, part);
        }

        var command = script("echo", "done").redirectErrorStream(true).start();
        // Returns when nobody holds the other end any more.
        var output = CompletableFuture.supplyAsync(() -> lines(command)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(output).endsWith("done\n").contains("kwok-controller (pid ");
        assertThat(sandbox(directory).status().complete()).isTrue();
    }

    @Test
    void whatTheScriptIsAskedToSayGoesToItsOutput() throws Exception {
        var status = script("--status").start();
        assertThat(lines(status)).contains("kube-apiserver           runs, pid ");
        assertThat(status.waitFor()).isZero();

        var help = script("--help").start();
        assertThat(lines(help)).contains("usage: ci/sandbox");
        assertThat(help.waitFor()).isZero();

        var mistake = script("--stopp").start();
        assertThat(lines(mistake)).isEmpty();
        assertThat(mistake.waitFor()).isEqualTo(2);
    }

    /** The script itself, with a {@code ci/launch} that takes the classes under test and builds nothing. */
    private ProcessBuilder script(String... arguments) throws Exception {
        var ci = Files.createDirectories(temporary.resolve("ci"));
        Files.copy(
                OwnCode.find().projectRoot().resolve("ci/sandbox"),
                ci.resolve("sandbox"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(
                ci.resolve("launch"), "#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 -cp \"$TEST_CLASS_PATH\" \"$@\"\n");
        Files.setPosixFilePermissions(ci.resolve("launch"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var command = new ArrayList<>(List.of(ci.resolve("sandbox").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("TEST_CLASS_PATH", System.getProperty("java.class.path"));
        builder.environment().put(SandboxDirectory.VARIABLE, directory.root().toString());
        return builder;
    }

    private static String lines(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Process launch(SandboxDirectory directory) throws Exception {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ephemera.cli.SandboxCommand");
        builder.environment().put(SandboxDirectory.VARIABLE, directory.root().toString());
        return builder.redirectOutput(temporary.resolve("answer").toFile()).start();
    }

    private static Path livingStack(SandboxDirectory directory) throws Exception {
        var state = directory.state().resolve(".pulumi/stacks/shop/pr-1.json");
        Files.createDirectories(state.getParent());
        return Files.writeString(state, LIVING_STACK);
    }

    private static void kill(SandboxDirectory directory, Part part) throws Exception {
        var process = new Processes(directory).record(part).orElseThrow().process();
        process.kill();
        assertThat(Waiting.until(() -> !process.isAlive(), LIMIT)).isTrue();
    }

    private static Map<Part, Long> pids(SandboxDirectory directory) throws Exception {
        var pids = new EnumMap<Part, Long>(Part.class);
        for (var part : Part.values()) {
            new Processes(directory)
                    .record(part)
                    .ifPresent(record -> pids.put(part, record.process().pid()));
        }
        return pids;
    }

    /** The same without those who brought parts into the node's namespaces and wait there for their end. */
    private static List<Long> partsNaming(String text) throws Exception {
        return processesNaming(text).stream()
                .filter(pid -> {
                    var command = CommandLine.of(pid);
                    return !command.isEmpty()
                            && !command.get(0).equals("nsenter")
                            && !(command.get(0).equals("sh") && command.get(1).endsWith("node.sh"));
                })
                .toList();
    }

    /** What a person would find with ps; not through the code under test. */
    private static List<Long> processesNaming(String text) throws Exception {
        var ps = new ProcessBuilder("ps", "-eo", "pid=,stat=,args=").start();
        try (var lines = ps.inputReader()) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line ->
                            line.contains(text) && !line.contains("SandboxCommand") && !line.contains("surefire"))
                    .filter(line -> !line.split(" +")[1].startsWith("Z"))
                    .map(line -> Long.parseLong(line.split(" +")[0]))
                    .toList();
        }
    }

    private static void restore(RdsClient rds, String name) {
        rds.restoreDBInstanceFromDBSnapshot(
                request -> request.dbInstanceIdentifier(name).dbSnapshotIdentifier("shop-orders-masked-1"));
    }

    private static String status(RdsClient rds, String name) {
        return rds.describeDBInstances(request -> request.dbInstanceIdentifier(name))
                .dbInstances()
                .get(0)
                .dbInstanceStatus();
    }

    private static DBSnapshot snapshot(RdsClient rds, String name) {
        return rds.describeDBSnapshots(request -> request.dbSnapshotIdentifier(name))
                .dbSnapshots()
                .get(0);
    }

    private static String uid(KubernetesClient kubernetes) {
        return kubernetes
                .namespaces()
                .withName("kube-system")
                .get()
                .getMetadata()
                .getUid();
    }

    private static KubernetesClient kubernetes(SandboxDirectory directory) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(directory.kubeconfig().toFile()))
                .build();
    }

    private static RdsClient rds(SandboxDirectory directory) {
        return aws(
                directory,
                endpoint -> RdsClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.EU_WEST_1)
                        .httpClient(UrlConnectionHttpClient.create())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                        .build());
    }

    private static Route53Client route53(SandboxDirectory directory) {
        return aws(
                directory,
                endpoint -> Route53Client.builder()
                        .endpointOverride(endpoint)
                        .region(Region.EU_WEST_1)
                        .httpClient(UrlConnectionHttpClient.create())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                        .build());
    }

    private static <C> C aws(SandboxDirectory directory, Function<URI, C> client) {
        try {
            return client.apply(URI.create(LocalCloud.endpoint(Ports.in(directory.ports()))));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private SandboxDirectory directory(String name) {
        return SandboxDirectory.of(temporary.resolve(name), Map.of());
    }

    private Sandbox sandbox(SandboxDirectory directory) {
        return sandbox(directory, CALLER);
    }

    private Sandbox sandbox(SandboxDirectory directory, Map<String, String> caller) {
        return new Sandbox(
                directory,
                OwnCode.find(),
                new ToolchainPrograms(
                        new dev.ephemera.toolchain.Toolchain(OwnCode.find().projectRoot(), CALLER, progress::add)),
                () -> Seed.of(dev.ephemera.config.ApplicationReader.read(java.nio.file.Path.of("stacks"))),
                caller,
                progress::add);
    }

    private static SandboxOptions options(String... arguments) {
        return SandboxOptions.parse(List.of(arguments));
    }
}
