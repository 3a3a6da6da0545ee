package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database's password is where it has to be, in Kubernetes' Secrets, and nowhere else that an update leaves something:
 * looked for in every form in everything.
 */
@Tag("engine")
@Tag("fault-14")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordCanaryEngineTest {
    private static final String STACK = "pr-544";
    /** Only pods have it: what they get from their Secrets is theirs. */
    private static final String MARK_OF_PODS = "EPHEMERA_STACK=";

    private final Map<String, String> processes = new ConcurrentHashMap<>();
    private Path directory;
    private TestProject project;
    private Clouds clouds;
    private Canary canary;
    private String namespace;
    private String told;
    private List<String> events;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        this.directory = directory;
        clouds = new Clouds();
        project = TestProject.below(directory);
        Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(directory.resolve("tmp"));
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        var over = new AtomicBoolean();
        var watch = new Thread(() -> {
            while (!over.get()) {
                noteProcesses();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        });
        watch.start();
        told = command("exec pulumi up --stack \"$0\" --yes --skip-preview --event-log events.json 2>&1", STACK);
        over.set(true);
        watch.join();
        var log = directory.resolve("checkout/events.json");
        events = Files.readAllLines(log);
        // Among them are the SDK's debug messages, whole requests: see SECURITY.md.
        Files.delete(log);
        namespace = clouds.namespace(STACK).orElseThrow();
        canary = new Canary(Clouds.decoded(clouds.kubernetes
                .secrets()
                .inNamespace(namespace)
                .withName("orders")
                .get()
                .getData()
                .get("ORDERS_PASSWORD")));
    }

    @AfterAll
    void close() {
        project.destroy(STACK);
        clouds.close();
    }

    /** With a home and a directory for temporary files of its own, so that all that it writes can be looked through. */
    private String command(String script, String... arguments) {
        var command = new ArrayList<>(List.of(
                "env",
                "HOME=" + directory.resolve("home"),
                "TMPDIR=" + directory.resolve("tmp"),
                "EPHEMERA_IMAGE_TAG=1.0",
                // Offers --event-log; it logs nothing more.
                "PULUMI_DEBUG_COMMANDS=true",
                "sh",
                "-c",
                script));
        command.addAll(List.of(arguments));
        return project.run(command).succeeded().output();
    }

    private void noteProcesses() {
        ProcessHandle.allProcesses().forEach(process -> {
            var place = Path.of("/proc", String.valueOf(process.pid()));
            var environment = read(place.resolve("environ"));
            if (!environment.contains(MARK_OF_PODS)) {
                var arguments = read(place.resolve("cmdline"));
                processes.put(arguments + '\0' + environment, arguments);
            }
        });
    }

    /** Nothing where a process has ended meanwhile. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Each file below {@code top} in which it stands, with the forms. */
    private Map<String, List<String>> filesWithIt(Path top, List<String> besides) throws IOException {
        var found = new TreeMap<String, List<String>>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return besides.contains(top.relativize(folder).toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    try {
                        var forms = canary.in(Files.readAllBytes(file));
                        if (!forms.isEmpty()) {
                            found.put(top.relativize(file).toString(), forms);
                        }
                    } catch (IOException e) {
                        // It was a temporary one.
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException exception) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    @Test
    void notInWhatTheUpdateTells() {
        assertThat(told).contains("Instance orders");
        assertThat(canary.in(told)).isEmpty();
    }

    @Test
    void inNoEventOfTheEngineButDebugMessages() {
        var told = events.stream()
                .filter(event -> !event.contains("\"prefix\":\"debug: \""))
                .toList();
        assertThat(told).anyMatch(event -> event.contains("orders-password"));
        assertThat(told).allSatisfy(event -> assertThat(canary.in(event)).isEmpty());
    }

    @Test
    void notInTheOutputsEvenWhereSecretsAreShown() {
        assertThat(canary.in(command("pulumi stack output --stack \"$0\" --json", STACK)))
                .isEmpty();
        assertThat(canary.in(command("pulumi stack output --stack \"$0\" --json --show-secrets", STACK)))
                .isEmpty();
        // Whoever has the passphrase can have it from the state; that shows that it is looked for in the right form.
        assertThat(canary.in(command("pulumi stack export --stack \"$0\"", STACK)))
                .isEmpty();
        assertThat(canary.in(command("pulumi stack export --stack \"$0\" --show-secrets", STACK)))
                .contains("plain");
    }

    @Test
    void notInAnyFileOfTheProjectOfHomeAndOfTemporaryFiles() throws Exception {
        assertThat(filesWithIt(directory, List.of())).isEmpty();
    }

    @Test
    void inTheSandboxOnlyWhereTheClustersOwnDataAre() throws Exception {
        var sandbox = Path.of("target/test-sandbox").toAbsolutePath();
        assertThat(sandbox.resolve("state")).isDirectory();
        // What a node keeps of its pods, Secrets among it, is the cluster's.
        var found = filesWithIt(sandbox, List.of("sandbox/node"));
        assertThat(found.keySet()).isNotEmpty().allMatch(file -> file.contains("/etcd/"));
    }

    @Test
    void notInTheLinesAndEnvironmentsOfProcessesThatRanMeanwhile() {
        assertThat(processes.values())
                .anyMatch(arguments -> arguments.contains("ephemera.jar"))
                .anyMatch(arguments -> arguments.contains("pulumi-resource-kubernetes"))
                .anyMatch(arguments -> arguments.startsWith("pulumi\0up"));
        processes.forEach(
                (all, arguments) -> assertThat(canary.in(all)).as(arguments).isEmpty());
    }

    @Test
    void inTheNamespaceInSecretsOnly() throws Exception {
        var seen = new ArrayList<String>();
        for (var path : listsOf(namespace)) {
            var forms = canary.in(clouds.kubernetes.raw(path));
            seen.add(path.replaceFirst(".*/", ""));
            if (path.endsWith("/secrets")) {
                assertThat(forms).anyMatch(form -> form.startsWith("base64"));
            } else {
                assertThat(forms).as(path).isEmpty();
            }
        }
        assertThat(seen).contains("secrets", "pods", "events", "deployments", "jobs", "configmaps", "httproutes");
    }

    @Test
    void notInWhatPodsLog() {
        var pods = clouds.kubernetes.pods().inNamespace(namespace).list().getItems();
        assertThat(pods).isNotEmpty();
        for (var pod : pods) {
            var log = clouds.kubernetes.pods().resource(pod).getLog();
            assertThat(canary.in(log)).as(pod.getMetadata().getName()).isEmpty();
        }
    }

    /** The path of the list of each kind of object that a namespace can have. */
    private List<String> listsOf(String namespace) throws IOException {
        var groups = new ArrayList<>(List.of("/api/v1"));
        for (var group : json("/apis").at("/groups")) {
            groups.add("/apis/" + group.at("/preferredVersion/groupVersion").asText());
        }
        var lists = new ArrayList<String>();
        for (var group : groups) {
            for (var kind : json(group).at("/resources")) {
                if (kind.at("/namespaced").asBoolean()
                        && kind.at("/verbs").toString().contains("\"list\"")) {
                    lists.add("%s/namespaces/%s/%s"
                            .formatted(group, namespace, kind.at("/name").asText()));
                }
            }
        }
        return lists;
    }

    private JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(clouds.kubernetes.raw(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
