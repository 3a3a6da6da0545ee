package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.Tag;

/** {@code ci/ephemera destroy}: what Pulumi forgets is found, what is not the environment's is left alone. */
@org.junit.jupiter.api.Tag("engine")
class DestroyEngineTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String STACK = "pr-560";
    private static final Map<String, String> FIRST = Map.of("EPHEMERA_IMAGE_TAG", "1.0");
    private static final int REFUSED = 4;
    private static final int LEFT_BEHIND = 7;
    private static final int UNDECIDED = 8;

    @TempDir
    private Path directory;

    private TestProject project;
    private Clouds clouds;

    @BeforeEach
    void open() {
        project = TestProject.below(directory);
        clouds = new Clouds();
        project.pulumi("stack", "select", "--create", STACK).succeeded();
    }

    @AfterEach
    void close() {
        TestSandbox.SHARED.restoreTime("2s");
        destroy("--timeout", "1m");
        clouds.close();
    }

    private TestSandbox.Result destroy(String... options) {
        return project.run(command(options));
    }

    private static List<String> command(String... options) {
        var command = new ArrayList<>(List.of(ROOT.resolve("ci/ephemera").toString(), "destroy", "--stack", STACK));
        command.addAll(List.of(options));
        return command;
    }

    private void assertThatNothingIsLeft() {
        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(clouds.instances(STACK)).isEmpty();
        assertThat(clouds.securityGroups(STACK)).isEmpty();
        assertThat(clouds.records(STACK)).isEmpty();
        assertThat(project.pulumi("stack", "ls", "--json").succeeded().output()).doesNotContain(STACK);
    }

    @org.junit.jupiter.api.Tag("fault-07")
    @Test
    void anEnvironmentIsGoneAfterItWithNoConfigurationAtHandAndItMayBeRunAgain() throws Exception {
        project.up(FIRST, STACK).succeeded();
        var application = Files.readString(ROOT.resolve("stacks/application.yaml"));
        project.withoutConfiguration();

        assertThat(destroy().succeeded().output())
                .contains("Proven: in cluster, AWS (eu-west-1) and zone preview.example.com nothing is marked as "
                        + STACK);

        assertThatNothingIsLeft();
        assertThat(destroy().failed().output())
                .as("where neither state nor configuration says where to look")
                .contains("application.yaml");
        project.withApplication(application);
        assertThat(destroy().succeeded().output()).contains("there was no such stack");
    }

    @Test
    void aDatabaseThatNoStateKnowsOfIsFoundAndDeleted() throws Exception {
        TestSandbox.SHARED.restoreTime("10s");
        var update = CompletableFuture.supplyAsync(() -> project.up(FIRST, STACK));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !clouds.instances(STACK).isEmpty());
        kill();
        update.join().failed();
        project.pulumi("cancel", "--stack", STACK, "--yes").succeeded();

        var result = destroy().succeeded();

        assertThat(result.output())
                .contains("deleting RDS instance shop-" + STACK)
                .contains("which no state knows of");
        assertThatNothingIsLeft();
    }

    /** Everything of an update at once, as a machine does that goes away: what the engine made stays. */
    private static void kill() throws Exception {
        var processes = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(path -> path.endsWith("/pulumi"))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(STACK))
                        .isPresent())
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
                .toList();
        assertThat(processes).isNotEmpty();
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    @org.junit.jupiter.api.Tag("fault-16")
    @Test
    void whatIsMarkedAsTheEnvironmentsIsDeletedThoughThereIsNoStack() {
        project.pulumi("stack", "rm", "--stack", STACK, "--yes").succeeded();
        restored("shop-orphan", "shop");
        restored("shop-look-alike", "shop-eu");
        try {
            destroy().succeeded();
            assertThat(clouds.instances(STACK))
                    .as("another project's, whatever its name")
                    .extracting(instance -> instance.dbInstanceIdentifier())
                    .containsExactly("shop-look-alike");
        } finally {
            clouds.rds.deleteDBInstance(
                    request -> request.dbInstanceIdentifier("shop-look-alike").skipFinalSnapshot(true));
        }
    }

    private void restored(String identifier, String project) {
        var snapshot = clouds.rds.describeDBSnapshots().dbSnapshots().stream()
                .map(each -> each.dbSnapshotIdentifier())
                .filter(each -> !each.startsWith("rds:"))
                .findFirst()
                .orElseThrow();
        clouds.rds.restoreDBInstanceFromDBSnapshot(request -> request.dbInstanceIdentifier(identifier)
                .dbSnapshotIdentifier(snapshot)
                .tags(List.of(tag("ephemera:project", project), tag("ephemera:stack", STACK))));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @org.junit.jupiter.api.Tag("fault-11")
    @Test
    void aDatabaseWithDeletionProtectionIsLeftAloneAndNamed() {
        project.pulumi("stack", "rm", "--stack", STACK, "--yes").succeeded();
        restored("shop-protected", "shop");
        clouds.rds.modifyDBInstance(request -> request.dbInstanceIdentifier("shop-protected")
                .deletionProtection(true)
                .applyImmediately(true));
        try {
            var result = destroy("--timeout", "5s").failed();
            assertThat(result.exitCode()).isEqualTo(LEFT_BEHIND);
            assertThat(result.output()).contains("shop-protected").contains("its deletion protection is on");
            assertThat(clouds.instances(STACK)).hasSize(1);
        } finally {
            clouds.rds.modifyDBInstance(request -> request.dbInstanceIdentifier("shop-protected")
                    .deletionProtection(false)
                    .applyImmediately(true));
        }
    }

    @org.junit.jupiter.api.Tag("fault-18")
    @Test
    void whatKeepsANamespaceIsNamed() {
        project.up(FIRST, STACK).succeeded();
        var namespace = clouds.namespace(STACK).orElseThrow();
        var labels = clouds.kubernetes
                .namespaces()
                .withName(namespace)
                .get()
                .getMetadata()
                .getLabels();
        destroy().succeeded();
        clouds.kubernetes
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        clouds.kubernetes
                .configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("kept")
                        .withFinalizers("example.com/keep")
                        .endMetadata()
                        .build())
                .create();
        try {
            var result = destroy("--timeout", "20s").failed();
            assertThat(result.exitCode()).isEqualTo(LEFT_BEHIND);
            assertThat(result.output()).contains("namespace " + namespace).contains("example.com/keep");
        } finally {
            clouds.kubernetes
                    .configMaps()
                    .inNamespace(namespace)
                    .withName("kept")
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .withFinalizers()
                            .endMetadata()
                            .build());
        }
    }

    @org.junit.jupiter.api.Tag("fault-17")
    @Test
    void anUnreachableClusterIsNoProof() throws Exception {
        project.up(FIRST, STACK).succeeded();
        var nowhere = Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: nowhere
                contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
                clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: nobody, user: {}}]
                """);
        var command = new ArrayList<>(List.of("env", "KUBECONFIG=" + nowhere));
        command.addAll(command());
        assertThat(project.run(command).failed().exitCode()).isEqualTo(UNDECIDED);
        assertThat(clouds.instances(STACK)).hasSize(1);
        assertThat(project.pulumi("stack", "ls", "--json").succeeded().output()).contains(STACK);
    }

    @org.junit.jupiter.api.Tag("fault-15")
    @Test
    void aStackThatIsNoPreviewsIsRefused() {
        var result = project.run(List.of(ROOT.resolve("ci/ephemera").toString(), "destroy", "--stack", "production"));
        assertThat(result.exitCode()).isEqualTo(REFUSED);
        assertThat(result.failed().output()).contains("stack \"production\": want pr-<number>");
    }

    @org.junit.jupiter.api.Tag("fault-10")
    @Test
    void whatCannotBeDeletedKeepsNothingElseAndTheStackStays() {
        project.up(FIRST, STACK).succeeded();
        var namespace = clouds.namespace(STACK).orElseThrow();
        var policy = clouds.kubernetes.resource(KEEPS_A_SERVICE.formatted(namespace));
        var binding = clouds.kubernetes.resource(BINDING);
        policy.create();
        binding.create();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> refusesToDeleteTheServiceOf(namespace));

            var result = destroy().failed();

            assertThat(result.exitCode()).as(result.output()).isEqualTo(LEFT_BEHIND);
            assertThat(result.output()).contains("web is kept").contains("namespace " + namespace);
            assertThat(clouds.instances(STACK)).isEmpty();
            assertThat(clouds.records(STACK)).isEmpty();
            assertThat(clouds.deployments(namespace)).isEmpty();
            assertThat(project.pulumi("stack", "ls", "--json").succeeded().output())
                    .contains(STACK);
        } finally {
            binding.delete();
            policy.delete();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> !refusesToDeleteTheServiceOf(namespace));
        destroy().succeeded();
        assertThatNothingIsLeft();
    }

    /** What a team's own rules of its cluster may do. */
    private static final String KEEPS_A_SERVICE = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: keeps-web}
            spec:
              matchConstraints:
                resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [DELETE], resources: [services]}]
              validations:
              - expression: oldObject.metadata.namespace != '%s' || oldObject.metadata.name != 'web'
                message: web is kept
            """;

    private static final String BINDING = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: keeps-web}
            spec: {policyName: keeps-web, validationActions: [Deny]}
            """;

    private boolean refusesToDeleteTheServiceOf(String namespace) {
        try {
            clouds.kubernetes
                    .services()
                    .inNamespace(namespace)
                    .withName("web")
                    .dryRun()
                    .delete();
            return false;
        } catch (KubernetesClientException e) {
            return true;
        }
    }

    @org.junit.jupiter.api.Tag("fault-20")
    @Test
    void aStateThatANewerPulumiHasWrittenIsLeftAlone() throws Exception {
        var backend = TestSandbox.SHARED.environment().get("PULUMI_BACKEND_URL");
        var file = Path.of(backend.substring("file://".length()), ".pulumi/stacks/shop/%s.json".formatted(STACK));
        var state = Files.readString(file);
        var newer = state.replaceFirst("\"version\": ?3", "\"version\": 99");
        assertThat(newer).isNotEqualTo(state);
        Files.writeString(file, newer);
        try {
            var result = destroy().failed();
            assertThat(result.exitCode()).isEqualTo(UNDECIDED);
            assertThat(result.output()).contains("was written by a newer Pulumi than this one");
            assertThat(file).hasContent(newer);
        } finally {
            Files.writeString(file, state);
        }
    }
}
