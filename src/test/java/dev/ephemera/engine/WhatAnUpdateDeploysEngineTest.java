package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Where an update takes images, branch and commit from when nobody says them, with the real engine. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WhatAnUpdateDeploysEngineTest {
    private static final String STACK = "pr-506";
    private static final String SHOP = "registry.example.com/shop/";

    private TestProject project;
    private Clouds clouds;

    @BeforeAll
    void open(@TempDir Path directory) {
        project = TestProject.below(directory);
        clouds = new Clouds();
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        project.up(
                        Map.of(
                                "EPHEMERA_IMAGE_TAG", "1.0",
                                "GITLAB_CI", "true",
                                "CI_MERGE_REQUEST_IID", "506",
                                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "feat/a",
                                "CI_COMMIT_SHA", "c0ffee0"),
                        STACK)
                .succeeded();
    }

    @AfterAll
    void close() {
        project.destroy(STACK);
        clouds.close();
    }

    private String image(String workload) {
        return clouds.image(clouds.namespace(STACK).orElseThrow(), workload);
    }

    private String environment(String fact) {
        return project.outputs(STACK).at("/environment/" + fact).asText();
    }

    @Test
    @Order(1)
    void theOutputsSayWhatWasDeployed() {
        assertThat(environment("images/web")).isEqualTo(SHOP + "web:1.0");
        assertThat(environment("images/migrate")).isEqualTo(SHOP + "api:1.0");
        assertThat(environment("pullRequest")).isEqualTo("506");
        assertThat(environment("branch")).isEqualTo("feat/a");
        assertThat(environment("commit")).isEqualTo("c0ffee0");
    }

    @Test
    @Order(2)
    void anUpdateWithoutATagDeploysWhatRan() {
        var outputs = project.outputs(STACK);
        assertThat(project.up(STACK, "--expect-no-changes").succeeded().unchanged())
                .isGreaterThan(20);
        assertThat(project.outputs(STACK)).isEqualTo(outputs);
        project.pulumi("preview", "--stack", STACK, "--expect-no-changes").succeeded();
    }

    @Test
    @Order(3)
    void aNamedImageChangesThatWorkloadOnlyAndIsKeptToo() {
        project.up(Map.of("EPHEMERA_IMAGES", "web=" + SHOP + "web:1.1"), STACK).succeeded();
        project.up(STACK, "--expect-no-changes").succeeded();
        for (var workload : List.of("api", "worker")) {
            assertThat(image(workload)).isEqualTo(SHOP + workload + ":1.0");
        }
        assertThat(image("web")).isEqualTo(SHOP + "web:1.1");
        assertThat(environment("commit")).isEmpty();
        assertThat(environment("branch")).isEqualTo("feat/a");
    }

    @Test
    @Order(4)
    void whatIsNewInTheFileTakesTheFilesImageAndTheRestWhatRan() throws Exception {
        var sample = Files.readString(Path.of("stacks/preview.yaml"));
        project.withPreview(sample.replace(
                "  api: {replicas: 1}",
                "  api: {replicas: 1}\n  extra: {image: %sweb:1.0, env: {API: \"http://api:8080\"}}".formatted(SHOP)));
        try {
            project.up(STACK).succeeded();
            assertThat(image("extra")).isEqualTo(SHOP + "web:1.0");
            assertThat(image("web")).isEqualTo(SHOP + "web:1.1");
        } finally {
            project.withPreview(sample);
        }
    }

    @Test
    @Order(5)
    void pulumisConfigurationWinsOverAllOfIt() {
        project.pulumi("config", "set", "ephemera:images", "web=" + SHOP + "web:1.0", "--stack", STACK)
                .succeeded();
        project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.1"), STACK).succeeded();
        assertThat(image("web")).isEqualTo(SHOP + "web:1.0");
        assertThat(image("api")).isEqualTo(SHOP + "api:1.1");
    }
}
