package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same program on the nodes of machines that lack the rights for a real one: what is declared is there, and goes. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedNodesEngineTest {
    private static final String STACK = "pr-505";

    private TestSandbox sandbox;

    @BeforeAll
    void start() {
        sandbox = new TestSandbox("simulated-sandbox", List.of("--nodes=simulated"));
    }

    @AfterAll
    void end() {
        sandbox.reset();
    }

    @Test
    void anEnvironmentComesUpChangesAndGoes(@TempDir Path directory) {
        var project = TestProject.below(directory, sandbox);
        try (var clouds = new Clouds(sandbox)) {
            project.pulumi("stack", "select", "--create", STACK).succeeded();
            project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.0"), STACK).succeeded();

            var namespace = clouds.namespace(STACK).orElseThrow();
            assertThat(clouds.kubernetes.nodes().list().getItems())
                    .extracting(node -> node.getMetadata().getName())
                    .containsExactlyInAnyOrder("node-0", "node-1");
            assertThat(clouds.deployments(namespace).values())
                    .allSatisfy(deployment -> assertThat(deployment.getStatus().getReadyReplicas())
                            .isEqualTo(1));
            assertThat(clouds.kubernetes
                            .batch()
                            .v1()
                            .jobs()
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isNotEmpty()
                    .allSatisfy(
                            job -> assertThat(job.getStatus().getSucceeded()).isEqualTo(1));

            project.up(Map.of("EPHEMERA_IMAGE_TAG", "not-imported-anywhere"), STACK)
                    .succeeded();
            assertThat(clouds.image(namespace, "web")).endsWith(":not-imported-anywhere");

            project.destroy(STACK).succeeded();
            assertThat(clouds.namespace(STACK)).isEmpty();
            assertThat(clouds.instances(STACK)).isEmpty();
            assertThat(clouds.records(STACK)).isEmpty();
        }
    }

    @Test
    void saysThatPodsOnlySeemToRun() {
        assertThat(sandbox.hasRealNode()).isFalse();
        assertThat(sandbox.run(Path.of("").toAbsolutePath(), Map.of(), List.of("--status"))
                        .output())
                .contains("simulated: pods only seem to run")
                .doesNotContain("kubelet");
    }
}
