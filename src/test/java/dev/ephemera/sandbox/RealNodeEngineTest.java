package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.node.MachineCheck;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Pods that run: where the machine has the rights. What is there is asked of the API server, the network and the kernel. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealNodeEngineTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path temporary;

    private final List<String> progress = new ArrayList<>();
    private SandboxDirectory directory;
    private KubernetesClient kubernetes;

    @BeforeAll
    void start() throws Exception {
        assumeThat(MachineCheck.reasonAgainstRealNode()).isEmpty();
        directory = directory("node");
        sandbox(directory).start(options("--nodes=real"));
        sandbox(directory).importImages(options(), List.of(Busybox.image(temporary)));
        kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(directory.kubeconfig().toFile()))
                .build();
    }

    @AfterAll
    void end() throws Exception {
        if (kubernetes != null) {
            kubernetes.close();
            sandbox(directory).reset();
        }
    }

    @Test
    void aPodWaitsForItsSecretThenRunsAndIsReadAndEntered() throws Exception {
        var namespace = namespace("waits");
        apply(namespace, server("web", ", envFrom: [{secretRef: {name: gate}}]"));
        assertThat(eventually(() -> waitingReason(namespace, "web"), "CreateContainerConfigError"::equals))
                .isEqualTo("CreateContainerConfigError");
        kubernetes
                .secrets()
                .inNamespace(namespace)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("gate")
                        .endMetadata()
                        .addToStringData("GREETING", "hello")
                        .build())
                .create();

        kubernetes.pods().inNamespace(namespace).withName("web").waitUntilReady(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(kubernetes.pods().inNamespace(namespace).withName("web").getLog())
                .contains("started with hello");
        assertThat(inside(namespace, "web", "/busybox", "env")).contains("GREETING=hello");
        assertThat(inside(namespace, "web", "/busybox", "id")).contains("uid=65534");
    }

    @Test
    void anImageThatWasNotImportedCannotBePulled() throws Exception {
        var namespace = namespace("absent");
        apply(namespace, server("web", "").replace(Busybox.IMAGE, "registry.example.com/test/absent:1"));

        assertThat(eventually(
                        () -> waitingReason(namespace, "web"),
                        reason -> reason.endsWith("Pull") || reason.endsWith("BackOff")))
                .isIn("ErrImagePull", "ImagePullBackOff");
    }

    @Test
    void aNetworkPolicyKeepsOtherNamespacesOut() throws Exception {
        var here = namespace("closed");
        var there = namespace("outside");
        apply(here, server("web", ""));
        apply(there, server("client", ""));
        for (var pod : Map.of(here, "web", there, "client").entrySet()) {
            kubernetes.pods().inNamespace(pod.getKey()).withName(pod.getValue()).waitUntilReady(60, TimeUnit.SECONDS);
        }
        var address = kubernetes
                .pods()
                .inNamespace(here)
                .withName("web")
                .get()
                .getStatus()
                .getPodIP();
        assertThat(reaches(there, address)).isTrue();

        apply(here, """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: own-namespace-only}
                spec:
                  podSelector: {}
                  policyTypes: [Ingress]
                  ingress: [{from: [{podSelector: {}}]}]
                """);

        assertThat(eventually(() -> reaches(there, address), reached -> !reached))
                .isFalse();
        apply(here, server("client", ""));
        kubernetes.pods().inNamespace(here).withName("client").waitUntilReady(60, TimeUnit.SECONDS);
        assertThat(eventually(() -> reaches(here, address), reached -> reached)).isTrue();
    }

    @Test
    void aPodReachesNothingElseOfThisMachine() throws Exception {
        var namespace = namespace("curious");
        apply(namespace, server("client", ""));
        kubernetes.pods().inNamespace(namespace).withName("client").waitUntilReady(60, TimeUnit.SECONDS);
        var network = Addresses.in(directory).network();
        // On all addresses of this machine, as many a developer's server does.
        try (var careless = new ServerSocket(0)) {
            var addresses = List.of(network.machine(), network.databases().replace("0/24", "77"));
            for (var address : addresses) {
                try (var socket = new Socket(address, careless.getLocalPort())) {
                    assertThat(socket.isConnected()).isTrue();
                }
                assertThat(connects(namespace, address, careless.getLocalPort()))
                        .isFalse();
            }
        }
        assertThat(connects(namespace, network.machine(), 53)).isTrue();
    }

    private boolean connects(String namespace, String address, int port) throws Exception {
        var command = "/busybox nc -w 3 %s %d </dev/null && echo connected".formatted(address, port);
        return inside(namespace, "client", "/busybox", "sh", "-c", command).contains("connected");
    }

    @Test
    void aRouteIsServedUnderTheNameThatRoute53HasAndOnlyAsLongAsItHasIt() throws Exception {
        var namespace = namespace("routed");
        apply(namespace, server("web", ""));
        apply(namespace, """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
                """);
        apply(namespace, """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: web}
                spec:
                  parentRefs: [{namespace: gateway, name: shared}]
                  hostnames: [routed.preview.example.com]
                  rules: [{backendRefs: [{name: web, port: 80}]}]
                """);
        var network = Addresses.in(directory).network();
        assertThat(addressOf("routed.preview.example.com")).isEmpty();

        changeRecord(ChangeAction.CREATE, network.node());

        assertThat(eventually(() -> addressOf("routed.preview.example.com"), Optional::isPresent))
                .contains(network.node());
        assertThat(eventually(
                        () -> get(network.node(), "routed.preview.example.com"), answer -> answer.contains("the page")))
                .contains("the page");
        assertThat(get(network.node(), "other.preview.example.com")).contains("404");

        changeRecord(ChangeAction.DELETE, network.node());

        assertThat(eventually(() -> addressOf("routed.preview.example.com"), Optional::isEmpty))
                .isEmpty();
    }

    @Test
    void aFileThatIsNoImageIsRefused() throws Exception {
        var nonsense = Files.writeString(temporary.resolve("nonsense.tar"), "nonsense");

        assertThatThrownBy(() -> sandbox(directory).importImages(options(), List.of(nonsense)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("nonsense.tar");
        assertThatThrownBy(() -> sandbox(directory).importImages(options(), List.of(temporary.resolve("absent.tar"))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("absent.tar is not a file");
    }

    @Test
    void theOtherKindOfNodesTakesAReset() {
        assertThatThrownBy(() -> sandbox(directory).start(options("--nodes=simulated")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--nodes=real")
                .hasMessageContaining("ci/sandbox --reset");
    }

    static List<Optional<Part>> eachPartAndNone() {
        var parts = new ArrayList<Optional<Part>>(List.of(Optional.empty()));
        Part.REAL_NODE.forEach(part -> parts.add(Optional.of(part)));
        return parts;
    }

    /** A sandbox of its own, with a pod that runs, is stopped; {@code killed} was ended before, by kill -9. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("eachPartAndNone")
    void aStopLeavesNothingOnTheMachine(Optional<Part> killed) throws Exception {
        var other = directory("stopped");
        sandbox(other).stop();
        var before = Machine.now(nft());
        sandbox(other).start(options("--nodes=real"));
        sandbox(other).importImages(options(), List.of(Busybox.image(temporary)));
        try (var api = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(other.kubeconfig().toFile()))
                .build()) {
            api.pods().inNamespace("default").withName("web").delete();
            api.pods()
                    .inNamespace("default")
                    .withName("web")
                    .waitUntilCondition(pod -> pod == null, 60, TimeUnit.SECONDS);
            api.resource(server("web", "")).inNamespace("default").create();
            api.pods().inNamespace("default").withName("web").waitUntilReady(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        var namespace = Machine.networkNamespace(new Processes(other)
                .record(Part.KUBELET)
                .orElseThrow()
                .process()
                .pid());
        assertThat(Machine.networkNamespaces()).contains(namespace);
        assertThat(Machine.now(nft()).since(before, other))
                .anyMatch(line -> line.contains("eph-" + other.hash()))
                .anyMatch(line -> line.contains("/sys/fs/cgroup/"));
        if (killed.isPresent()) {
            new Processes(other).record(killed.get()).orElseThrow().process().kill();
        }

        sandbox(other).stop();

        assertThat(Machine.now(nft()).since(before, other)).isEmpty();
        assertThat(Machine.networkNamespaces()).doesNotContain(namespace);
        assertThat(Machine.processesNaming(other.root().toString())).isEmpty();
    }

    /** A pod with one server that says at its start with what it was started. */
    private static String server(String name, String more) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: %s}}
                spec:
                  terminationGracePeriodSeconds: 0
                  securityContext: {runAsNonRoot: true, runAsUser: 65534, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: server
                    image: %s
                    command: [/busybox, sh, -c, "echo started with $GREETING; exec /busybox httpd -f -p 8080 -h /www"]
                    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                    readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
                    %s
                """.formatted(name, name, Busybox.IMAGE, more.replaceFirst("^, ", ""));
    }

    private void apply(String namespace, String yaml) {
        kubernetes.resource(yaml).inNamespace(namespace).create();
    }

    private String namespace(String name) {
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    private String waitingReason(String namespace, String name) {
        Pod pod = kubernetes.pods().inNamespace(namespace).withName(name).get();
        var statuses = pod.getStatus().getContainerStatuses();
        return statuses.isEmpty() || statuses.get(0).getState().getWaiting() == null
                ? ""
                : statuses.get(0).getState().getWaiting().getReason();
    }

    private String inside(String namespace, String pod, String... command) throws Exception {
        return Busybox.inside(kubernetes, namespace, pod, Duration.ofSeconds(30), command);
    }

    private boolean reaches(String namespace, String address) throws Exception {
        var request = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | /busybox nc -w 2 " + address + " 8080";
        return inside(namespace, "client", "/busybox", "sh", "-c", request).contains("the page");
    }

    /** Asked of the sandbox's name server. */
    private Optional<String> addressOf(String name) throws Exception {
        var environment = new Hashtable<String, String>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                "java.naming.provider.url",
                "dns://" + Addresses.in(directory).network().machine());
        try {
            var found = new InitialDirContext(environment)
                    .getAttributes(name, new String[] {"A"})
                    .get("A");
            return Optional.ofNullable(found).map(attribute -> {
                try {
                    return String.valueOf(attribute.get());
                } catch (NamingException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (javax.naming.NameNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Status and page, as a browser would ask for it that knows the host's address. */
    private static String get(String address, String host) throws Exception {
        var curl = new ProcessBuilder(
                        "curl",
                        "--silent",
                        "--max-time",
                        "20",
                        "--noproxy",
                        "*",
                        "--resolve",
                        host + ":80:" + address,
                        "--write-out",
                        "%{http_code}",
                        "http://" + host + "/")
                .redirectErrorStream(true)
                .start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void changeRecord(ChangeAction action, String address) throws Exception {
        try (var route53 = Route53Client.builder()
                .endpointOverride(URI.create(LocalCloud.endpoint(Ports.in(directory.ports()))))
                .region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            var zone = route53.listHostedZones().hostedZones().get(0).id();
            var record = ResourceRecordSet.builder()
                    .name("routed.preview.example.com")
                    .type(RRType.A)
                    .ttl(60L)
                    .resourceRecords(ResourceRecord.builder().value(address).build())
                    .build();
            var change =
                    Change.builder().action(action).resourceRecordSet(record).build();
            var changes = ChangeBatch.builder().changes(List.of(change)).build();
            route53.changeResourceRecordSets(
                    request -> request.hostedZoneId(zone).changeBatch(changes));
        }
    }

    /** What is asked for, as soon as it is as it should be, or as it is in the end. */
    private static <T> T eventually(Callable<T> question, java.util.function.Predicate<T> wanted) throws Exception {
        var end = System.nanoTime() + LIMIT.toNanos();
        var answer = question.call();
        while (!wanted.test(answer) && System.nanoTime() < end) {
            Thread.sleep(200);
            answer = question.call();
        }
        return answer;
    }

    private Path nft() {
        return toolchain().provide(EnumSet.of(dev.ephemera.toolchain.Part.NODE)).path(Tool.NFT);
    }

    private SandboxDirectory directory(String name) {
        return SandboxDirectory.of(temporary.resolve(name), Map.of());
    }

    private Toolchain toolchain() {
        return new Toolchain(OwnCode.find().projectRoot(), System.getenv(), progress::add);
    }

    private Sandbox sandbox(SandboxDirectory directory) {
        return new Sandbox(
                directory,
                OwnCode.find(),
                new ToolchainPrograms(toolchain()),
                () -> Seed.of(dev.ephemera.config.ApplicationReader.read(Path.of("stacks"))),
                System.getenv(),
                progress::add);
    }

    private static SandboxOptions options(String... arguments) {
        return SandboxOptions.parse(List.of(arguments));
    }
}
