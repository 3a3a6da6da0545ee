package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ephemera.sandbox.Busybox;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What pods do while their database is restored and the jobs before them run, as their own status says it. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatedStartEngineTest {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final TestSandbox SANDBOX = TestSandbox.SHARED;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Longer than pods take to come to their gate, also on a busy machine. */
    private static final String LONG_RESTORE = "40s";

    private static final int WORKLOADS = 20;

    private Path directory;
    private Clouds clouds;

    @BeforeAll
    void open(@TempDir Path given) throws Exception {
        assumeThat(SANDBOX.hasRealNode()).isTrue();
        directory = given;
        SANDBOX.run(
                        HERE,
                        Map.of(),
                        List.of("image", "import", Busybox.image(directory).toString()))
                .succeeded();
        clouds = new Clouds();
    }

    @AfterAll
    void close() {
        if (clouds != null) {
            restoreTime("2s");
            clouds.close();
        }
    }

    private static void restoreTime(String time) {
        SANDBOX.run(HERE, Map.of(), List.of("--restore-time", time, "true")).succeeded();
    }

    @Test
    void podsHaveTheirImageWhileTheDatabaseIsStillBeingRestored() throws Exception {
        var stack = "pr-531";
        restoreTime(LONG_RESTORE);
        var project = TestProject.below(directory.resolve(stack));
        project.pulumi("stack", "select", "--create", stack).succeeded();
        var up = CompletableFuture.supplyAsync(() -> project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.0"), stack));
        try {
            var api = await(
                    "the api's pod waits",
                    () -> pod(stack, "api")
                            .filter(pod -> waiting(pod)
                                    .filter(state -> "CreateContainerConfigError".equals(state.getReason()))
                                    .isPresent()));
            var events = events(api);
            var status = clouds.instances(stack).get(0).dbInstanceStatus();

            assertThat(status).as("at that time").isEqualTo("creating");
            assertThat(events).contains("Pulled");
            assertThat(waiting(api))
                    .get()
                    .extracting(ContainerStateWaiting::getMessage)
                    .asString()
                    .startsWith("secret \"api-");
            assertThat(pod(stack, "web"))
                    .as("needs no database")
                    .get()
                    .matches(pod -> pod.getStatus().getPhase().equals("Running"));
            assertThat(pod(stack, "migrate")).as("its job is not even made").isEmpty();
            up.get(LIMIT.toSeconds(), TimeUnit.SECONDS).succeeded();
            assertThat(pod(stack, "api"))
                    .get()
                    .matches(pod ->
                            pod.getMetadata().getUid().equals(api.getMetadata().getUid())
                                    && pod.getStatus().getPhase().equals("Running"));
        } finally {
            up.join();
            restoreTime("2s");
            project.destroy(stack).succeeded();
        }
    }

    @Test
    void twentyWorkloadsThatWaitForOneJobComeUpAtTheEnginesOwnParallelism() {
        var stack = "pr-532";
        var project = TestProject.below(directory.resolve(stack)).withPreview(preview());
        try {
            project.pulumi("stack", "select", "--create", stack).succeeded();
            project.up(stack).succeeded();

            var namespace = clouds.namespace(stack).orElseThrow();
            var ready = new TreeMap<String, Integer>();
            clouds.deployments(namespace)
                    .forEach((name, deployment) ->
                            ready.put(name, deployment.getStatus().getReadyReplicas()));
            assertThat(ready)
                    .hasSize(WORKLOADS)
                    .allSatisfy((name, replicas) -> assertThat(replicas).isEqualTo(1));
            assertThat(ends(namespace, "migrate"))
                    .as("the job ended before any of them started")
                    .isLessThanOrEqualTo(firstStart(namespace));
            assertThat(project.up(stack, "--expect-no-changes").succeeded().unchanged())
                    .isPositive();
        } finally {
            project.destroy(stack).succeeded();
        }
    }

    /** Only small workloads, all behind one job; nothing of the sample's. */
    private static String preview() {
        var names =
                IntStream.rangeClosed(1, WORKLOADS).mapToObj("w%d"::formatted).toList();
        return """
                workloads:
                  web: null
                  api: null
                  worker: null
                  events: null
                %s
                databases:
                  orders: {instanceClass: db.t4g.micro}
                jobs:
                  migrate: {image: "%s", command: [/busybox, sleep, "2"], runAsUser: 65532, databases: [orders], before: [%s]}
                """.formatted(
                        names.stream()
                                .map(name ->
                                        "  %s: {image: \"%s\", command: [/busybox, sleep, \"3600\"], runAsUser: 65532, databases: [orders], resources: {cpu: 10m, memory: 16Mi}}"
                                                .formatted(name, Busybox.IMAGE))
                                .collect(Collectors.joining("\n")),
                        Busybox.IMAGE,
                        String.join(", ", names));
    }

    private Optional<Pod> pod(String stack, String key) {
        return clouds.namespace(stack)
                .flatMap(namespace -> clouds
                        .kubernetes
                        .pods()
                        .inNamespace(namespace)
                        .withLabel("app.kubernetes.io/name", key)
                        .list()
                        .getItems()
                        .stream()
                        .findFirst());
    }

    private static Optional<ContainerStateWaiting> waiting(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .findFirst()
                .map(status -> status.getState().getWaiting());
    }

    private List<String> events(Pod pod) {
        return clouds
                .kubernetes
                .v1()
                .events()
                .inNamespace(pod.getMetadata().getNamespace())
                .withField("involvedObject.uid", pod.getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .map(Event::getReason)
                .toList();
    }

    private String ends(String namespace, String job) {
        return clouds.kubernetes
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(job)
                .get()
                .getStatus()
                .getCompletionTime();
    }

    /** As Kubernetes writes times, which sort as they follow each other. */
    private String firstStart(String namespace) {
        return clouds.kubernetes.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata()
                        .getLabels()
                        .get("app.kubernetes.io/name")
                        .startsWith("w"))
                .map(pod -> pod.getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getRunning()
                        .getStartedAt())
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private static <T> T await(String what, Supplier<Optional<T>> look) {
        var end = System.nanoTime() + LIMIT.toNanos();
        var seen = look.get();
        while (seen.isEmpty()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            seen = look.get();
        }
        return seen.get();
    }
}
