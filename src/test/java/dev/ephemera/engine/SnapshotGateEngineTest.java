package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when no snapshot may be restored. */
@Tag("engine")
class SnapshotGateEngineTest {
    private static final String STACK = "pr-502";

    private TestProject project;
    private Clouds clouds;

    @BeforeEach
    void aSourceThatHasOnlyAnUnmaskedSnapshot(@TempDir Path directory) {
        project = TestProject.below(directory)
                .withPreview("databases: {orders: {instanceClass: db.t4g.micro, snapshot: {source: raw-only}}}\n");
        clouds = new Clouds();
        clouds.rds.createDBInstance(request -> request.dbInstanceIdentifier("raw-only")
                .dbInstanceClass("db.t4g.micro")
                .engine("postgres")
                .allocatedStorage(20)
                .masterUsername("app")
                .masterUserPassword("of-production"));
        clouds.awaitAvailable("raw-only");
        clouds.rds.createDBSnapshot(
                request -> request.dbInstanceIdentifier("raw-only").dbSnapshotIdentifier("raw-only-1"));
        project.pulumi("stack", "select", "--create", STACK).succeeded();
    }

    @AfterEach
    void removeTheSource() {
        project.destroy(STACK);
        clouds.rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier("raw-only-1"));
        clouds.rds.deleteDBInstance(
                request -> request.dbInstanceIdentifier("raw-only").skipFinalSnapshot(true));
        clouds.close();
    }

    @Test
    void aPreviewTellsTheReasonToo() {
        assertThat(project.pulumi("preview", "--stack", STACK).output())
                .contains("raw-only-1: it is not tagged ephemera:masked=true")
                .doesNotContain("Exception");
    }

    @Test
    void anUnmaskedSnapshotIsNeverRestoredAndTheReasonIsTold() {
        var result = project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.0"), STACK).failed();
        assertThat(result.output())
                .contains(
                        "error: pulumi:index:Stash resource 'orders-snapshot': property refusal value {no snapshot of "
                                + "raw-only may be restored: raw-only-1: it is not tagged ephemera:masked=true")
                .doesNotContain("Exception", "missing required property");
        assertThat(clouds.instances(STACK)).isEmpty();
    }
}
