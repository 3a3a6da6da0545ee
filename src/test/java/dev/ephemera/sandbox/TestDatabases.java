package dev.ephemera.sandbox;

import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

/** A moto with database servers, and clients of both. */
final class TestDatabases implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SandboxDirectory directory;
    private final Processes processes;
    private final DatabaseServers servers;
    private final RdsClient rds;
    private final Path home;

    private TestDatabases(SandboxDirectory directory, Processes processes, RdsClient rds, Path home) {
        this.directory = directory;
        this.processes = processes;
        this.servers = new DatabaseServers(directory);
        this.rds = rds;
        this.home = home;
    }

    /** With the sample's data for production's instance; each directory needs another last part. */
    static TestDatabases start(Path path) throws IOException {
        var directory = SandboxDirectory.of(path, Map.of(SandboxDirectory.VARIABLE, path.toString()));
        var tools = new Toolchain(Path.of("").toAbsolutePath(), System.getenv(), System.err::println)
                .provide(EnumSet.of(Part.MOTO, Part.DATABASE));
        var processes = new Processes(directory);
        var addresses = Addresses.in(directory);
        var ports = addresses.ports();
        var data = Path.of("src/sample/data").toAbsolutePath();
        var settings = new DatabaseServers.Settings(
                tools.path(Tool.POSTGRESQL),
                "127." + (100 + Math.floorMod(path.hashCode(), 100)) + ".7.0/24",
                directory.databaseNames(),
                CertificateAuthority.in(directory.authority()),
                Map.of(
                        "shop-orders",
                        new DatabaseServers.Sample(
                                data.resolve("production.sql"), data.resolve("mask.sql"), "shop-orders-masked-1")));
        var file = new DatabaseServers(directory).prepare(settings);
        new Moto(directory, processes, ports, System.getenv())
                .start(tools.path(Tool.PYTHON_WITH_MOTO), Optional.of(file));
        var endpoint = URI.create(LocalCloud.endpoint(ports));
        if (!Waiting.until(() -> addresses.answers(dev.ephemera.sandbox.Part.MOTO), LIMIT)) {
            throw new IllegalStateException(
                    "moto does not answer: " + LastLines.of(processes.log(dev.ephemera.sandbox.Part.MOTO)));
        }
        var rds = RdsClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .region(Region.of(LocalCloud.REGION))
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        var home = com.fasterxml.jackson.databind.json.JsonMapper.builder()
                .build()
                .readTree(file.toFile())
                .path("home")
                .asText();
        return new TestDatabases(directory, processes, rds, Path.of(home));
    }

    RdsClient rds() {
        return rds;
    }

    Path home() {
        return home;
    }

    void create(String identifier, String password) {
        create(identifier, password, null);
    }

    void create(String identifier, String password, String parameterGroup) {
        rds.createDBInstance(request -> request.dbInstanceIdentifier(identifier)
                .engine("postgres")
                .engineVersion("18.6")
                .dbInstanceClass("db.t4g.micro")
                .allocatedStorage(20)
                .dbName("orders")
                .masterUsername("app")
                .masterUserPassword(password)
                .dbParameterGroupName(parameterGroup));
        awaitAvailable(identifier);
    }

    void restore(String identifier, String snapshot) {
        rds.restoreDBInstanceFromDBSnapshot(
                request -> request.dbInstanceIdentifier(identifier).dbSnapshotIdentifier(snapshot));
        awaitAvailable(identifier);
    }

    void snapshot(String identifier, String snapshot) {
        rds.createDBSnapshot(request -> request.dbInstanceIdentifier(identifier).dbSnapshotIdentifier(snapshot));
    }

    void awaitAvailable(String identifier) {
        Waiting.until(() -> !status(identifier).equals("creating"), LIMIT);
        if (!status(identifier).equals("available")) {
            throw new IllegalStateException(identifier + " is " + status(identifier) + ": " + logs());
        }
    }

    String status(String identifier) {
        return instance(identifier).dbInstanceStatus();
    }

    private software.amazon.awssdk.services.rds.model.DBInstance instance(String identifier) {
        return rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .get(0);
    }

    Path data(String identifier) {
        return home.resolve("instances")
                .resolve(instance(identifier).dbiResourceId())
                .resolve("data");
    }

    String names() throws IOException {
        return Files.readString(directory.databaseNames());
    }

    String address(String identifier) throws IOException {
        return names().lines()
                .filter(line -> line.contains(" " + identifier + "."))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    Connection connect(String user, String identifier, String password, String sslMode)
            throws IOException, SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", sslMode);
        properties.setProperty(
                "sslrootcert",
                new CertificateAuthority(directory.authority()).certificate().toString());
        return DriverManager.getConnection("jdbc:postgresql://" + address(identifier) + ":5432/orders", properties);
    }

    /** The first column of the first row, as text; over a connection whose certificate is checked. */
    String query(String identifier, String password, String sql) throws IOException, SQLException {
        return queryAs("app", identifier, password, "verify-full", sql);
    }

    String queryAs(String user, String identifier, String password, String sslMode, String sql)
            throws IOException, SQLException {
        try (var connection = connect(user, identifier, password, sslMode);
                var result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    void execute(String identifier, String password, String sql) throws IOException, SQLException {
        try (var connection = connect("app", identifier, password, "verify-full")) {
            connection.createStatement().execute(sql);
        }
    }

    /** Which files of its data have one of the words in them. */
    List<Path> filesWith(String identifier, List<String> words) throws IOException {
        try (var files = Files.walk(data(identifier))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> words.stream().anyMatch(read(file)::contains))
                    .toList();
        }
    }

    /** What moto and all servers have written. */
    String logs() {
        var text = new StringBuilder(read(processes.log(dev.ephemera.sandbox.Part.MOTO)));
        try (var files = Files.walk(home, 3)) {
            files.filter(file -> file.endsWith("log")).forEach(file -> text.append(read(file)));
        } catch (IOException | UncheckedIOException gone) {
            // Instances come and go.
        }
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** The commands of the servers that run. */
    List<String> servers() {
        return ProcessHandle.allProcesses()
                .map(process -> String.join(" ", CommandLine.of(process.pid())))
                .filter(command -> command.startsWith(home.toString()))
                .toList();
    }

    void killMoto() throws IOException {
        processes.record(dev.ephemera.sandbox.Part.MOTO).orElseThrow().process().kill();
    }

    @Override
    public void close() throws IOException {
        rds.close();
        processes.end(dev.ephemera.sandbox.Part.MOTO);
        servers.clean();
    }
}
