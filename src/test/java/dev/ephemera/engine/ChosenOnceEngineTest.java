package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What a database was restored from stays what it was, whatever becomes of the snapshot and wherever the update runs. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChosenOnceEngineTest {
    private static final String STACK = "pr-541";
    private static final String SOURCE = "chosen-once";
    private static final String SNAPSHOT = "chosen-once-1";
    private static final String PASSWORD_OF_PRODUCTION = "of-production";
    private static final Map<String, String> FIRST = Map.of("EPHEMERA_IMAGE_TAG", "1.0");
    private static final String PREVIEW = """
            workloads: {web: {replicas: 1, databases: [orders]}, api: null, worker: null, events: null}
            databases: {orders: {instanceClass: db.t4g.micro, snapshot: {source: %s, maxAge: %s}}}
            jobs: null
            """;

    private TestProject project;
    private Clouds clouds;
    private String database;

    @BeforeAll
    void open(@TempDir Path directory) {
        clouds = new Clouds();
        clouds.rds.createDBInstance(request -> request.dbInstanceIdentifier(SOURCE)
                .dbInstanceClass("db.t4g.micro")
                .engine("postgres")
                .allocatedStorage(20)
                .dbName("orders")
                .masterUsername("app")
                .masterUserPassword(PASSWORD_OF_PRODUCTION));
        clouds.awaitAvailable(SOURCE);
        clouds.rds.createDBSnapshot(request -> request.dbInstanceIdentifier(SOURCE)
                .dbSnapshotIdentifier(SNAPSHOT)
                .tags(masked()));
        project = TestProject.below(directory).withPreview(PREVIEW.formatted(SOURCE, "7d"));
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        project.up(FIRST, STACK).succeeded();
        database = instance().dbiResourceId();
    }

    @AfterAll
    void close() {
        project.destroy(STACK);
        clouds.rds.deleteDBInstance(
                request -> request.dbInstanceIdentifier(SOURCE).skipFinalSnapshot(true));
        clouds.close();
    }

    private static software.amazon.awssdk.services.rds.model.Tag masked() {
        return software.amazon.awssdk.services.rds.model.Tag.builder()
                .key("ephemera:masked")
                .value("true")
                .build();
    }

    private DBInstance instance() {
        assertThat(clouds.instances(STACK)).hasSize(1);
        return clouds.instances(STACK).get(0);
    }

    private void nothingHasChanged(TestSandbox.Result update) {
        update.succeeded();
        assertThat(instance().dbiResourceId()).isEqualTo(database);
        assertThat(project.outputs(STACK).at("/databases/orders/snapshot").asText())
                .isEqualTo(SNAPSHOT);
    }

    @Test
    @Order(1)
    void theRestoredDatabaseTakesItsOwnPasswordAndNotTheSources() throws Exception {
        assumeThat(TestSandbox.SHARED.hasRealNode()).isTrue();
        var login = DatabaseLogin.of(clouds, STACK, "orders");
        // 128 bits are 25 letters and digits.
        assertThat(login.password()).matches("[a-z0-9]{25,}");
        try (var connection = login.open()) {
            assertThat(connection.isValid(10)).isTrue();
        }
        assertThatThrownBy(() -> login.as("app", PASSWORD_OF_PRODUCTION).open())
                .isInstanceOf(SQLException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("28P01");
    }

    @Test
    @Order(2)
    void aRoleOfTheApplicationKeepsThePasswordItHadInTheSnapshot() throws Exception {
        assumeThat(TestSandbox.SHARED.hasRealNode()).isTrue();
        var login = DatabaseLogin.of(clouds, STACK, "orders");
        try (var connection = login.open();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE reporting LOGIN PASSWORD 'in-the-snapshot'");
        }
        clouds.rds.createDBSnapshot(request ->
                request.dbInstanceIdentifier(instance().dbInstanceIdentifier()).dbSnapshotIdentifier("with-a-role"));
        var copy = "copy-with-a-role";
        clouds.rds.restoreDBInstanceFromDBSnapshot(
                request -> request.dbInstanceIdentifier(copy).dbSnapshotIdentifier("with-a-role"));
        try {
            clouds.awaitAvailable(copy);
            clouds.rds.modifyDBInstance(
                    request -> request.dbInstanceIdentifier(copy).masterUserPassword("another-one"));
            var there = DatabaseLogin.at(clouds, copy, "orders", "reporting", "in-the-snapshot");
            try (var connection = there.open()) {
                assertThat(connection.isValid(10)).isTrue();
            }
            try (var connection = there.as("app", "another-one").open();
                    var statement = connection.createStatement()) {
                statement.execute("ALTER ROLE reporting PASSWORD 'of-this-environment'");
            }
            assertThatThrownBy(there::open).isInstanceOf(SQLException.class);
        } finally {
            clouds.rds.deleteDBInstance(
                    request -> request.dbInstanceIdentifier(copy).skipFinalSnapshot(true));
            clouds.rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier("with-a-role"));
        }
    }

    @Test
    @Order(3)
    void aSecondCloneOfTheProjectChangesNothing(@TempDir Path another) {
        var clone = TestProject.below(another).withPreview(PREVIEW.formatted(SOURCE, "7d"));
        nothingHasChanged(clone.up(FIRST, STACK, "--expect-no-changes"));
    }

    @Test
    @Order(3)
    void anotherHomeDirectoryChangesNothing(@TempDir Path another) {
        nothingHasChanged(project.pulumiElsewhere(
                Map.of("HOME", another.toString(), "EPHEMERA_IMAGE_TAG", "1.0"),
                "up",
                "--stack",
                STACK,
                "--yes",
                "--skip-preview",
                "--expect-no-changes"));
    }

    @Test
    @Order(4)
    void aSnapshotThatHasBecomeTooOldChangesNothing() throws Exception {
        var taken = clouds.rds
                .describeDBSnapshots(request -> request.dbSnapshotIdentifier(SNAPSHOT))
                .dbSnapshots()
                .get(0)
                .snapshotCreateTime();
        var tooOld = Duration.between(Instant.now(), taken.plus(Duration.ofSeconds(61)));
        Thread.sleep(Math.max(0, tooOld.toMillis()));
        project.withPreview(PREVIEW.formatted(SOURCE, "1m"));
        try {
            var update = project.up(FIRST, STACK, "--expect-no-changes");
            nothingHasChanged(update);
            assertThat(update.output()).contains(SNAPSHOT + ": it was taken", "more than 1 minutes ago");
        } finally {
            project.withPreview(PREVIEW.formatted(SOURCE, "7d"));
        }
    }

    @Test
    @Order(5)
    void aSnapshotThatIsGoneChangesNothing() {
        clouds.rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier(SNAPSHOT));
        var update = project.up(FIRST, STACK, "--expect-no-changes");
        nothingHasChanged(update);
        assertThat(update.output())
                .contains("no snapshot of chosen-once may be restored")
                .doesNotContain(SNAPSHOT + ":");
    }
}
