package dev.ephemera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.doctor.Finding.Level;
import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.failure.Exit;
import dev.ephemera.naming.ProjectName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineChecksTest {
    private static final String SECRET = "correct horse";

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} where 3.100.2 is pinned: {1}")
    @CsvSource({
        "v3.100.2,        OK",
        "3.100.2,         OK",
        "v3.100.2-dev.7,  OK",
        "v3.101.0,        WARNING",
        "v3.99.0,         WARNING",
        "v4.0.0,          FAULT",
        "v30.0.0,         FAULT",
        "something else,  WARNING"
    })
    void theVersionIsComparedWithThePinnedOne(String said, Level level) {
        var result = new Pulumi.Result(0, List.of("warning: A new version is there", said));
        assertThat(EngineChecks.version(result, "3.100.2").level()).isEqualTo(level);
    }

    @Test
    void withoutPulumiItIsSaidHowItGetsOnThePath() {
        var finding = EngineChecks.version(new Pulumi.Result(127, List.of("setsid: pulumi: not found")), "3.1.0");
        assertThat(finding.exit()).isEqualTo(Exit.USAGE);
        assertThat(finding.found()).contains("pulumi: not found");
        assertThat(finding.remedy()).contains("ci/setup --shell engine");
    }

    @Test
    void aBackendWithoutAPlaceForLeasesIsDoubtful() {
        assertThat(EngineChecks.state("s3://b?region=eu-west-1", true, 2))
                .isEqualTo(Finding.ok("state", "s3://b answers, 2 stacks of this project, leases beside them"));
        assertThat(EngineChecks.state("https://api.pulumi.com", false, 0).level())
                .isEqualTo(Level.WARNING);
    }

    @Test
    void whoLogsInToABackendIsNotSaid() {
        assertThat(EngineChecks.state("https://ann:%s@state.example.com".formatted("planted"), false, 0)
                        .found())
                .startsWith("https://state.example.com answers")
                .doesNotContain("planted");
    }

    private List<Finding> state(String address) {
        var findings = new Findings();
        var pulumi = new Pulumi(directory, Map.of(), Interruption.ofThisProcess());
        new EngineChecks(findings, pulumi, Map.of("PULUMI_BACKEND_URL", address))
                .state(Optional.of(new ProjectName("shop")));
        return findings.diagnosis().findings();
    }

    @Test
    void aDirectoryThatIsNotThereIsNoEmptyState() throws Exception {
        var missing = directory.resolve("state");
        assertThat(state("file://" + missing)).singleElement().satisfies(finding -> {
            assertThat(finding.exit()).isEqualTo(Exit.FAILED);
            assertThat(finding.found()).contains(missing.toString());
        });
        Files.createDirectory(missing);
        assertThat(state("file://" + missing)).extracting(Finding::level).containsExactly(Level.OK);
        assertThat(missing).as("nothing is changed").isEmptyDirectory();
    }

    private static Finding secrets(Map<String, String> environment, boolean readable, String... providers) {
        return EngineChecks.secrets(environment, readable, () -> Set.of(providers));
    }

    @Test
    void aPassphraseIsFoundAndNeverSaid() {
        var finding = secrets(Map.of("PULUMI_CONFIG_PASSPHRASE", SECRET), false);
        assertThat(finding.level()).isEqualTo(Level.OK);
        assertThat(finding.toString()).doesNotContain(SECRET);
    }

    @Test
    void aPassphraseOfNothingIsDoubtful() {
        assertThat(secrets(Map.of("PULUMI_CONFIG_PASSPHRASE", ""), false).level())
                .isEqualTo(Level.WARNING);
    }

    @Test
    void thePassphrasesFileHasToBeReadable() {
        var environment = Map.of("PULUMI_CONFIG_PASSPHRASE_FILE", "/nowhere");
        assertThat(secrets(environment, true).level()).isEqualTo(Level.OK);
        assertThat(secrets(environment, false).exit()).isEqualTo(Exit.CREDENTIALS);
    }

    @Test
    void withoutAPassphraseTheStacksNeedAKey() {
        assertThat(secrets(Map.of(), false, "cloud").level()).isEqualTo(Level.OK);
        assertThat(secrets(Map.of(), false, "cloud", "passphrase").exit()).isEqualTo(Exit.CREDENTIALS);
        assertThat(secrets(Map.of(), false).exit()).isEqualTo(Exit.CREDENTIALS);
    }
}
