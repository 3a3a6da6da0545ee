package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox has all that the sample wants; a project that wants something else is told what is missing. */
@Tag("engine")
class DoctorEngineTest {
    private static final String EPHEMERA =
            Path.of("").toAbsolutePath().resolve("ci/ephemera").toString();
    private static final int FAILED = 1;
    private static final int CREDENTIALS = 3;

    @TempDir
    private Path directory;

    private TestProject project;

    @BeforeEach
    void open() {
        project = TestProject.below(directory);
    }

    private static JsonNode json(TestSandbox.Result result) throws Exception {
        var output = result.output();
        return new ObjectMapper().readTree(output.substring(output.indexOf('{'), output.lastIndexOf('}') + 1));
    }

    private static List<String> faults(JsonNode diagnosis) {
        return StreamSupport.stream(diagnosis.path("checks").spliterator(), false)
                .filter(check -> check.path("level").asText().equals("fault"))
                .map(check -> check.path("check").asText())
                .toList();
    }

    @Test
    void aSandboxHasNoFault() throws Exception {
        var diagnosis = json(project.run(List.of(EPHEMERA, "doctor", "--json")).succeeded());
        assertThat(faults(diagnosis)).isEmpty();
        assertThat(diagnosis.path("checks").findValuesAsText("check"))
                .contains(
                        "pulumi",
                        "project",
                        "state",
                        "passphrase or key",
                        "stacks/",
                        "AWS",
                        "DNS zone",
                        "subnets of orders",
                        "snapshot of orders",
                        "cluster",
                        "Gateway API",
                        "Gateway");
        assertThat(diagnosis.path("checks").findValuesAsText("found"))
                .anyMatch(found -> found.contains("credentials of account 123456789012, region eu-west-1"));
    }

    @Test
    void whatIsMissingIsToldAllAtOnceAndNothingIsMade() throws Exception {
        project.withPreview("""
                dns: {zone: nowhere.example.com, gateway: {name: nobody}}
                databases: {orders: {subnetGroup: none}}
                """);
        var result = project.run(List.of(EPHEMERA, "doctor", "--json"));
        assertThat(result.exitCode()).as(result.output()).isEqualTo(FAILED);
        assertThat(faults(json(result))).containsExactly("DNS zone", "subnets of orders", "Gateway");
    }

    @Test
    void theExitCodeIsThatOfTheFirstFault() {
        var result = project.run(List.of(
                "env",
                "-u",
                "PULUMI_CONFIG_PASSPHRASE",
                "-u",
                "PULUMI_CONFIG_PASSPHRASE_FILE",
                "PULUMI_BACKEND_URL=file://" + directory,
                EPHEMERA,
                "doctor"));
        assertThat(result.exitCode()).as(result.output()).isEqualTo(CREDENTIALS);
        assertThat(result.output()).contains("neither PULUMI_CONFIG_PASSPHRASE nor");
    }
}
