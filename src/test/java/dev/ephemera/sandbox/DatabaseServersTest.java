package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.Parameter;

/** Real servers behind moto's instances. */
@Tag("moto")
class DatabaseServersTest {
    private static final String PRODUCTION = "shop-orders";
    private static final String MASKED = "shop-orders-masked-1";
    private static final String RAW = "shop-orders-raw-1";

    @TempDir
    private static Path folder;

    private static TestDatabases databases;

    @BeforeAll
    static void seed() throws Exception {
        databases = TestDatabases.start(folder.resolve("sandbox"));
        databases.create(PRODUCTION, "production-1");
        databases.snapshot(PRODUCTION, MASKED);
        databases.snapshot(PRODUCTION, RAW);
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
        assertThat(databases.servers()).isEmpty();
        assertThat(databases.home()).doesNotExist();
    }

    @Test
    void aRestoredInstanceHasTheSnapshotsData() throws Exception {
        databases.restore("with-data", RAW);
        assertThat(databases.query("with-data", "production-1", "select count(*) from customers"))
                .isEqualTo("2000");
        assertThat(databases.query("with-data", "production-1", "select count(*) from order_lines"))
                .isEqualTo("12463");
        assertThat(databases.query(
                        "with-data", "production-1", "select count(*) from customers where email like '%.invalid'"))
                .isEqualTo("2000");
    }

    @Test
    void aMaskedSnapshotKeepsNobodysAddressNotEvenInItsFiles() throws Exception {
        databases.restore("masked", MASKED);
        assertThat(databases.query(
                        "masked",
                        "production-1",
                        "select count(distinct email) from customers where email like " + "'customer%@example.com'"))
                .isEqualTo("2000");
        assertThat(databases.query("masked", "production-1", "select count(*) from orders where note <> ''"))
                .isEqualTo("0");
        var real = List.of("production.invalid", "gallagher");
        assertThat(databases.filesWith("masked", real)).isEmpty();
        databases.restore("unmasked", RAW);
        assertThat(databases.filesWith("unmasked", real)).isNotEmpty();
    }

    @Test
    void productionsTablesAreThoseOfTheFirstMigration() throws Exception {
        databases.restore("production-schema", RAW);
        databases.create("migrated", "migrated-1");
        databases.execute(
                "migrated",
                "migrated-1",
                Files.readString(Path.of("src/sample/src/main/resources/db/migration/V1__shop.sql")));
        var schema =
                "select string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, "
                        + "identity_generation), ', ' order by table_name, ordinal_position) from information_schema.columns "
                        + "where table_schema = 'public'";
        assertThat(databases.query("production-schema", "production-1", schema))
                .contains("customers email text NO")
                .isEqualTo(databases.query("migrated", "migrated-1", schema));
        var constraints = "select string_agg(conrelid::regclass || ' ' || pg_get_constraintdef(oid), ', ' order by "
                + "conrelid::regclass::text, conname) from pg_constraint where connamespace = 'public'::regnamespace";
        assertThat(databases.query("production-schema", "production-1", constraints))
                .contains("UNIQUE (email)")
                .isEqualTo(databases.query("migrated", "migrated-1", constraints));
    }

    @Test
    void nothingIsMaskedWhereAColumnIsNotKnownOrARealValueWouldSurvive() throws Exception {
        databases.restore("unknown-column", RAW);
        databases.execute("unknown-column", "production-1", "alter table customers add column nickname text");
        assertThatThrownBy(() -> mask("unknown-column")).hasMessageContaining("customers.nickname");
        databases.restore("survivor", RAW);
        databases.execute(
                "survivor",
                "production-1",
                "create function keep() returns trigger language plpgsql as "
                        + "$$ begin if old.id = 7 then new.phone := old.phone; end if; return new; end $$; "
                        + "create trigger keep before update on customers for each row execute function keep()");
        databases.execute("survivor", "production-1", "update customers set phone = '+353 1 7654321' where id = 7");
        assertThatThrownBy(() -> mask("survivor")).hasMessageContaining("1 masked values are those of real people");
        assertThat(databases.query(
                        "survivor", "production-1", "select count(*) from customers where email like '%.invalid'"))
                .isEqualTo("2000");
    }

    private static void mask(String identifier) throws Exception {
        try (var connection = databases.connect("app", identifier, "production-1", "verify-full")) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(Files.readString(Path.of("src/sample/data/mask.sql")));
            connection.commit();
        }
    }

    @Test
    void instancesHaveAddressesDataAndPasswordsOfTheirOwn() throws Exception {
        databases.create("one", "password-of-one");
        databases.create("two", "password-of-two");
        assertThat(databases.address("one")).isNotEqualTo(databases.address("two"));
        databases.execute("one", "password-of-one", "create table only_here (i int)");
        assertThat(databases.query("two", "password-of-two", "select to_regclass('only_here')"))
                .isNull();
        assertThatThrownBy(() -> databases.query("two", "password-of-one", "select 1"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void theMasterUserOwnsItsDatabaseAndIsNoSuperuser() throws Exception {
        databases.create("roles", "password-1");
        databases.execute("roles", "password-1", "create role reader login password 'reader-1'");
        assertThat(databases.query("roles", "password-1", "select rolsuper::text from pg_roles where rolname = 'app'"))
                .isEqualTo("false");
        assertThatThrownBy(() -> databases.query("roles", "password-1", "select pg_read_file('PG_VERSION')"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> databases.queryAs("rdsadmin", "roles", "any", "require", "select 1"))
                .hasMessageContaining("pg_hba.conf rejects connection");
    }

    @Test
    void aNewPasswordReplacesTheOldOne() throws Exception {
        databases.create("modified", "before-1");
        databases
                .rds()
                .modifyDBInstance(request -> request.dbInstanceIdentifier("modified")
                        .masterUserPassword("it's \\ after-1")
                        .applyImmediately(true));
        assertThat(databases.query("modified", "it's \\ after-1", "select 1")).isEqualTo("1");
        assertThatThrownBy(() -> databases.query("modified", "before-1", "select 1"))
                .hasMessageContaining("password authentication failed");
        assertThat(databases.logs()).doesNotContain("after-1", "before-1");
    }

    @Test
    void connectionsAreEncryptedUnlessTheParameterGroupSaysOtherwise() throws Exception {
        databases.create("encrypted", "password-1");
        assertThatThrownBy(() -> databases.queryAs("app", "encrypted", "password-1", "disable", "select 1"))
                .hasMessageContaining("no encryption");
        databases
                .rds()
                .createDBParameterGroup(group -> group.dbParameterGroupName("plain")
                        .dbParameterGroupFamily("postgres18")
                        .description("for old clients"));
        databases
                .rds()
                .modifyDBParameterGroup(group -> group.dbParameterGroupName("plain")
                        .parameters(Parameter.builder()
                                .parameterName("rds.force_ssl")
                                .parameterValue("0")
                                .applyMethod("immediate")
                                .build()));
        databases.create("plain", "password-1", "plain");
        assertThat(databases.queryAs("app", "plain", "password-1", "disable", "select 1"))
                .isEqualTo("1");
    }

    @Test
    void aStoppedInstanceRefusesAndHasItsDataWhenStartedAgain() throws Exception {
        databases.create("stopped", "password-1");
        databases.execute("stopped", "password-1", "create table kept as select 42 as answer");
        databases.rds().stopDBInstance(request -> request.dbInstanceIdentifier("stopped"));
        assertThatThrownBy(() -> databases.query("stopped", "password-1", "select 1"))
                .hasMessageContaining("refused");
        databases.rds().startDBInstance(request -> request.dbInstanceIdentifier("stopped"));
        databases.awaitAvailable("stopped");
        assertThat(databases.query("stopped", "password-1", "select answer from kept"))
                .isEqualTo("42");
    }

    @Test
    void aSnapshotHoldsWhatWasCommittedWhileOthersGoOnWriting() throws Exception {
        databases.create("busy", "password-1");
        databases.execute("busy", "password-1", "create table first as select generate_series(1, 10000) as i");
        try (var writer = databases.connect("app", "busy", "password-1", "require")) {
            writer.setAutoCommit(false);
            writer.createStatement().execute("create table second as select generate_series(1, 10000) as i");
            databases.snapshot("busy", "busy-1");
            writer.commit();
        }
        databases.restore("busy-restored", "busy-1");
        assertThat(databases.query("busy-restored", "password-1", "select count(*) from first"))
                .isEqualTo("10000");
        assertThat(databases.query("busy-restored", "password-1", "select to_regclass('second')"))
                .isNull();
    }

    @Test
    void ofADeletedInstanceNothingIsLeft() throws Exception {
        databases.create("deleted", "password-1");
        var address = databases.address("deleted");
        var data = databases.data("deleted");
        assertThat(data).isNotEmptyDirectory();
        databases
                .rds()
                .deleteDBInstance(
                        request -> request.dbInstanceIdentifier("deleted").skipFinalSnapshot(true));
        assertThat(data.getParent()).doesNotExist();
        assertThat(databases.names()).doesNotContain(address + " ");
        assertThat(databases.servers()).noneMatch(command -> command.contains(data.toString()));
    }

    @Test
    void anInstanceWhoseServerCannotStartFailsAndTheLogSaysWhy() throws Exception {
        databases.create("broken", "never-shown-1");
        databases.rds().stopDBInstance(request -> request.dbInstanceIdentifier("broken"));
        Files.delete(databases.data("broken").resolve("PG_VERSION"));
        databases.rds().startDBInstance(request -> request.dbInstanceIdentifier("broken"));
        assertThat(databases.status("broken")).isEqualTo("failed");
        assertThat(databases.logs()).contains("broken failed: ", "PG_VERSION").doesNotContain("never-shown-1");
    }

    @Test
    void otherEnginesStayRecords() throws Exception {
        databases
                .rds()
                .createDBInstance(request -> request.dbInstanceIdentifier("other-engine")
                        .engine("mysql")
                        .dbInstanceClass("db.t4g.micro")
                        .allocatedStorage(20)
                        .masterUsername("app")
                        .masterUserPassword("password-1"));
        assertThat(databases.status("other-engine")).isEqualTo("available");
        assertThat(databases.logs()).contains("other-engine is a record only");
    }

    @Test
    void serversEndWithMotoEvenWhenItIsKilled() throws Exception {
        var other = TestDatabases.start(folder.resolve("killed"));
        other.create("any", "password-1");
        assertThat(other.servers()).isNotEmpty();
        other.killMoto();
        assertThat(Waiting.until(() -> other.servers().isEmpty(), java.time.Duration.ofSeconds(5)))
                .isTrue();
        // As one that was just being started: it does not know yet that it has to end with moto.
        var late = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sleep 60; true",
                        other.home().resolve("programs/bin/postgres").toString())
                .start();
        other.close();
        assertThat(late.isAlive()).isFalse();
        assertThat(other.home()).doesNotExist();
    }
}
