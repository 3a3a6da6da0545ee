package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ephemera.sandbox.Busybox;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who reaches whom, by connections from a pod in the place of every pod of two environments: one with its labels, which are
 * all that policies look at.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IsolationEngineTest {
    private static final String STACK = "pr-509";
    private static final String NEIGHBOUR = "pr-510";
    private static final List<String> STACKS = List.of(STACK, NEIGHBOUR);
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final TestSandbox SANDBOX = TestSandbox.SHARED;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TestProject project;
    private Clouds clouds;
    /** By pod, for example {@code pr-509/web}: the labels are those of the stack's pod. {@code none} has none. */
    private final Map<String, String> namespaces = new TreeMap<>();
    /** By what is there, for example {@code pr-509/service/web}: address and port. */
    private final Map<String, String> targets = new TreeMap<>();

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        assumeThat(SANDBOX.hasRealNode()).isTrue();
        SANDBOX.run(
                        HERE,
                        Map.of(),
                        List.of("image", "import", Busybox.image(directory).toString()))
                .succeeded();
        project = TestProject.below(directory);
        clouds = new Clouds();
        for (var stack : STACKS) {
            project.pulumi("stack", "select", "--create", stack).succeeded();
            project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.0"), stack).succeeded();
            note(stack);
        }
    }

    @AfterAll
    void close() {
        if (project != null) {
            STACKS.forEach(project::destroy);
            clouds.close();
        }
    }

    private void note(String stack) {
        var namespace = clouds.namespace(stack).orElseThrow();
        for (var pod : clouds.kubernetes.pods().inNamespace(namespace).list().getItems()) {
            var key = pod.getMetadata().getLabels().get("app.kubernetes.io/name");
            // Pods of jobs have ended and have no address any more.
            pod.getSpec().getContainers().get(0).getPorts().stream()
                    .findFirst()
                    .ifPresent(port -> targets.put(
                            stack + "/pod/" + key, pod.getStatus().getPodIP() + " " + port.getContainerPort()));
            if (namespaces.put(stack + "/" + key, namespace) != null) {
                continue; // a job's second try
            }
            var labels = new TreeMap<>(pod.getMetadata().getLabels());
            labels.remove("pod-template-hash");
            labels.keySet().removeIf(label -> label.contains("controller-uid") || label.contains("job-name"));
            clouds.kubernetes
                    .resource(CuriousPods.pod("in-place-of-" + key, labels))
                    .inNamespace(namespace)
                    .create();
        }
        namespaces.put(stack + "/none", namespace);
        clouds.kubernetes
                .resource(CuriousPods.pod("in-place-of-none", Map.of()))
                .inNamespace(namespace)
                .create();
        clouds.kubernetes
                .services()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(service -> targets.put(
                        stack + "/service/" + service.getMetadata().getName(),
                        service.getSpec().getClusterIP() + " "
                                + service.getSpec().getPorts().get(0).getPort()));
        var database = clouds.instances(stack).get(0).endpoint();
        targets.put(
                stack + "/database/orders",
                SANDBOX.run(HERE, Map.of(), List.of("getent", "hosts", database.address()))
                                .succeeded()
                                .output()
                                .split(" +")[0]
                        + " " + database.port());
    }

    /** Names of targets that a connection from the pod comes about with. All are tried at once, for two seconds each. */
    private TreeSet<String> reached(String pod) throws Exception {
        var script = targets.entrySet().stream()
                .map(target -> "(/busybox nc -w 2 %s </dev/null >/dev/null 2>&1 && echo %s) &"
                        .formatted(target.getValue(), target.getKey()))
                .collect(Collectors.joining("\n", "", "\nwait"));
        var name = "in-place-of-" + pod.substring(pod.indexOf('/') + 1);
        return CuriousPods.shell(clouds, namespaces.get(pod), name, script)
                .lines()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As {@link #reached}, as soon as it is {@code wanted}: policies take a moment to see a new pod. */
    private void assertReaches(String pod, TreeSet<String> wanted) throws Exception {
        clouds.kubernetes
                .pods()
                .inNamespace(namespaces.get(pod))
                .withName("in-place-of-" + pod.substring(pod.indexOf('/') + 1))
                .waitUntilCondition(
                        each -> each.getStatus().getPhase().equals("Running"), LIMIT.toSeconds(), TimeUnit.SECONDS);
        var end = System.nanoTime() + LIMIT.toNanos();
        var reached = reached(pod);
        while (!reached.equals(wanted) && System.nanoTime() < end) {
            reached = reached(pod);
        }
        assertThat(reached).as("reached by %s", pod).isEqualTo(wanted);
    }

    private TreeSet<String> targetsThat(java.util.function.Predicate<String> condition) {
        return targets.keySet().stream().filter(condition).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Order(1)
    void everyPodReachesItsOwnEnvironmentAndNothingOfTheOther() throws Exception {
        assertThat(targets.keySet())
                .contains("pr-509/pod/web", "pr-509/pod/api", "pr-509/pod/events", "pr-509/service/events")
                .contains("pr-510/pod/web", "pr-510/database/orders")
                .hasSize(14);
        assertThat(namespaces.keySet())
                .containsAll(List.of("pr-509/web", "pr-509/api", "pr-509/worker", "pr-509/events", "pr-509/none"));
        for (var pod : namespaces.keySet()) {
            var stack = pod.substring(0, pod.indexOf('/') + 1);
            var usesTheDatabase = pod.matches(".*/(api|worker|migrate|seed)");
            assertReaches(
                    pod,
                    targetsThat(target -> target.contains("/database/")
                            // Databases share their subnets: between two of them it is the password that tells.
                            ? usesTheDatabase
                            : target.startsWith(stack)));
        }
    }

    @Test
    @Order(2)
    void namesAreResolvedAndNothingOutsideIsReached() throws Exception {
        var namespace = namespaces.get("pr-509/web");
        var machine = SANDBOX.run(HERE, Map.of(), List.of("cat", "/etc/resolv.conf"))
                .succeeded()
                .output()
                .replaceFirst("(?s).*nameserver (\\S+).*", "$1");
        var apiServer = clouds.kubernetes.getConfiguration().getMasterUrl().replaceFirst(".*:(\\d+)/?$", "$1");
        // The same address twice: its name server answers, its API server does not.
        assertThat(CuriousPods.shell(
                        clouds,
                        namespace,
                        "in-place-of-web",
                        "/busybox nslookup api.%s.svc.cluster.local".formatted(namespace)))
                .contains(targets.get("pr-509/service/api").split(" ")[0]);
        assertThat(CuriousPods.shell(
                        clouds,
                        namespace,
                        "in-place-of-web",
                        ("/busybox nc -w 2 %1$s 53 </dev/null && echo names; "
                                        + "/busybox nc -w 2 %1$s %2$s </dev/null 2>/dev/null && echo control plane; true")
                                .formatted(machine, apiServer)))
                .contains("names")
                .doesNotContain("control plane");
    }

    @Test
    @Order(3)
    void thePageOpensAndTheWorkerConfirmsAnOrder() throws Exception {
        var url = project.outputs(STACK).at("/url").asText();
        assertThat(curl(url)).contains("<h1>" + STACK + "</h1>", "2,001</b> customers");
        curl("--data", "product=1&quantity=2", url + "orders");
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!curl(url).contains("<td>confirmed</td>") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        assertThat(curl(url)).contains("<td>confirmed</td>");
    }

    private static String curl(String... arguments) {
        var command = new java.util.ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
        command.addAll(List.of(arguments));
        return SANDBOX.run(HERE, Map.of(), command).succeeded().output();
    }

    @Test
    @Order(4)
    void podsThatCouldDoMoreThanTheyNeedAreRefused() {
        var root = CuriousPods.pod("root", Map.of());
        root.getSpec().setSecurityContext(null);
        assertThatThrownBy(() -> clouds.kubernetes
                        .resource(root)
                        .inNamespace(namespaces.get("pr-509/web"))
                        .create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("violates PodSecurity \"restricted:v1.");
    }

    @Test
    @Order(4)
    void aLoadBalancerIsRefusedAndTheQuotaLeavesRoomForAnotherGeneration() {
        var namespace = namespaces.get("pr-509/web");
        assertThatThrownBy(() -> clouds.kubernetes
                        .resource(new ServiceBuilder()
                                .withNewMetadata()
                                .withName("balancer")
                                .endMetadata()
                                .withNewSpec()
                                .withType("LoadBalancer")
                                .addNewPort()
                                .withPort(80)
                                .endPort()
                                .endSpec()
                                .build())
                        .inNamespace(namespace)
                        .create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("exceeded quota: environment")
                .hasMessageContaining("services.loadbalancers=0");
        var quota = clouds.kubernetes
                .resourceQuotas()
                .inNamespace(namespace)
                .withName("environment")
                .get()
                .getStatus();
        var workloads = clouds.deployments(namespace).size();
        assertThat(quota.getHard().get("pods").getNumericalAmount().intValue()
                        - quota.getUsed().get("pods").getNumericalAmount().intValue())
                .isGreaterThanOrEqualTo(2 * workloads);
    }

    @Test
    @Order(5)
    void aNewImageIsRolledOutWithinTheQuotaAndWhatDoesNotChangeStays() {
        project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.1"), STACK).succeeded();
        var namespace = namespaces.get("pr-509/web");
        assertThat(clouds.kubernetes.v1().events().inNamespace(namespace).list().getItems())
                .extracting(event -> String.valueOf(event.getMessage()))
                .noneMatch(message -> message.contains("exceeded quota") || message.contains("violates PodSecurity"));
        project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.1"), STACK, "--expect-no-changes")
                .succeeded();
    }

    /** So that the denials above are known to be the policies': without these the same connections come about. */
    @Test
    @Order(6)
    void withoutTheBordersEveryPodIsReachedFromEverywhere() throws Exception {
        for (var pod : List.of("pr-509/none", "pr-510/none")) {
            var namespace = namespaces.get(pod);
            clouds.kubernetes
                    .network()
                    .v1()
                    .networkPolicies()
                    .inNamespace(namespace)
                    .delete();
        }
        targets.keySet().removeIf(target -> target.startsWith("pr-509/pod")); // of the release before
        for (var pod : List.of("pr-509/none", "pr-510/none")) {
            assertReaches(pod, targetsThat(target -> true));
        }
    }
}
