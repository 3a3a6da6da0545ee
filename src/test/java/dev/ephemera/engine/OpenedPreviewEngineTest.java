package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ephemera.demo.Screenshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What reviewers get: the page under its name, with the snapshot's data, and nothing of another preview's. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenedPreviewEngineTest {
    private static final String STACK = "pr-506";
    private static final String NEIGHBOUR = "pr-507";
    private static final Map<String, String> RELEASE = Map.of("EPHEMERA_IMAGE_TAG", "1.0");
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final TestSandbox SANDBOX = TestSandbox.SHARED;

    private TestProject project;
    private Clouds clouds;

    @BeforeAll
    void open(@TempDir Path directory) {
        assumeThat(SANDBOX.hasRealNode()).isTrue();
        project = TestProject.below(directory);
        clouds = new Clouds();
        for (var stack : List.of(STACK, NEIGHBOUR)) {
            project.pulumi("stack", "select", "--create", stack).succeeded();
            project.up(RELEASE, stack).succeeded();
        }
    }

    @AfterAll
    void close() {
        if (project != null) {
            project.destroy(STACK);
            project.destroy(NEIGHBOUR);
            clouds.close();
        }
    }

    @Test
    void theAddressFromTheOutputsAnswersWithMaskedAndMigratedData() {
        var url = project.outputs(STACK).at("/url").asText();
        assertThat(url).isEqualTo("https://pr-506.preview.example.com/");
        for (var address : List.of(url, url.replace("https:", "http:"))) {
            assertThat(curl(address).succeeded().output())
                    .contains("<h1>" + STACK + "</h1>")
                    .contains("id=\"schema\">2<")
                    .contains("customer1999@example.com")
                    .contains("2,001</b> customers");
        }
    }

    @Test
    void aBrowserOpensIt() {
        var browser = Screenshot.browser(System.getenv());
        assumeThat(browser).isPresent();

        assertThat(SANDBOX.run(
                                HERE,
                                Map.of(),
                                List.of(
                                        browser.get(),
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--dump-dom",
                                        "http://pr-506.preview.example.com/"))
                        .succeeded()
                        .output())
                .contains("<h1>" + STACK + "</h1>");
    }

    @Test
    void neithersPasswordOpensTheOthersDatabase() throws Exception {
        var mine = credentials(STACK);
        var its = credentials(NEIGHBOUR);
        assertThat(mine.get("HOST")).isNotEqualTo(its.get("HOST"));
        try (var connection = login(mine, mine)) {
            assertThat(connection.isValid(10)).isTrue();
        }

        assertThatThrownBy(() -> login(its, mine))
                .isInstanceOf(SQLException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("28P01");
    }

    @Test
    void afterTheDestroyNobodyAnswersUnderItsName() {
        var stack = "pr-508";
        project.pulumi("stack", "select", "--create", stack).succeeded();
        project.up(RELEASE, stack).succeeded();
        var url = project.outputs(stack).at("/url").asText();
        var database = credentials(stack);
        curl(url).succeeded();

        project.destroy(stack).succeeded();

        assertThat(curl(url).failed().output()).contains("Could not resolve host");
        assertThatThrownBy(() -> login(database, database)).isInstanceOf(SQLException.class);
    }

    private static TestSandbox.Result curl(String url) {
        return SANDBOX.run(HERE, Map.of(), List.of("curl", "-sS", "--max-time", "20", url));
    }

    /** The database's variables, without the key before them; the host is the address that the cluster has for it. */
    private Map<String, String> credentials(String stack) {
        var data = clouds.kubernetes
                .secrets()
                .inNamespace(clouds.namespace(stack).orElseThrow())
                .withName("orders")
                .get()
                .getData();
        var host = Clouds.decoded(data.get("ORDERS_HOST"));
        return Map.of(
                "HOST",
                SANDBOX.run(HERE, Map.of(), List.of("getent", "hosts", host))
                        .succeeded()
                        .output()
                        .split(" +")[0],
                "USERNAME",
                Clouds.decoded(data.get("ORDERS_USERNAME")),
                "PASSWORD",
                Clouds.decoded(data.get("ORDERS_PASSWORD")));
    }

    private static Connection login(Map<String, String> database, Map<String, String> user) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user.get("USERNAME"));
        properties.setProperty("password", user.get("PASSWORD"));
        properties.setProperty("sslmode", "require");
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection("jdbc:postgresql://" + database.get("HOST") + "/orders", properties);
    }
}
