package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An environment whose pull request stays open: it sleeps, wakes, is kept, and ends in its time. One after the other. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SleepEngineTest {
    private static final String EPHEMERA =
            Path.of("").toAbsolutePath().resolve("ci/ephemera").toString();
    private static final String STACK = "pr-596";
    private static final Map<String, String> FIRST =
            Map.of("EPHEMERA_IMAGE_TAG", "1.0", "EPHEMERA_AUTHOR", "ann", "EPHEMERA_TEAM", "checkout");
    private static final int REFUSED = 4;

    private Path directory;
    private TestProject project;
    private Clouds clouds;
    private String sample;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        this.directory = directory;
        project = TestProject.below(directory);
        clouds = new Clouds();
        sample = Files.readString(Path.of("stacks/preview.yaml"));
        ephemera("up").succeeded();
    }

    @AfterAll
    void close() {
        project.run(List.of(EPHEMERA, "destroy", "--stack", STACK, "--timeout", "1m"));
        clouds.close();
    }

    private TestSandbox.Result ephemera(String verb, String... more) {
        var command = new ArrayList<>(List.of(EPHEMERA, verb, "--stack", STACK));
        command.addAll(List.of(more));
        return project.run(FIRST, command);
    }

    /** Two pull requests are open. */
    private String forge() {
        var file = directory.resolve("forge.json");
        var open = List.of(596, 597).stream()
                .map(number -> """
                        {"number": %d, "state": "open", "head": "%s", "branch": "feat/a", "author": "ann", "labels": [],
                         "fork": false}""".formatted(number, "a".repeat(40)))
                .toList();
        try {
            Files.writeString(
                    file,
                    "{\"complete\": true, \"asOf\": \"%s\", \"pullRequests\": %s}".formatted(Instant.now(), open));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "file:" + file;
    }

    private String comments() {
        try {
            return Files.readString(directory.resolve("forge.json.comments.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestSandbox.Result reap(String... more) {
        var command = new ArrayList<>(List.of(EPHEMERA, "reap", "--forge", forge()));
        command.addAll(List.of(more));
        return project.run(command);
    }

    private Map<String, Integer> replicas() {
        var replicas = new TreeMap<String, Integer>();
        clouds.deployments(clouds.namespace(STACK).orElseThrow())
                .forEach((name, deployment) ->
                        replicas.put(name, deployment.getSpec().getReplicas()));
        return replicas;
    }

    private String databaseStatus() {
        return clouds.instances(STACK).get(0).dbInstanceStatus();
    }

    private JsonNode tags() {
        try {
            return new ObjectMapper()
                    .readTree(project.pulumi("stack", "tag", "ls", "--json", "--stack", STACK)
                            .succeeded()
                            .output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tag(String tag, String value) {
        project.pulumi("stack", "tag", "set", tag, value, "--stack", STACK).succeeded();
    }

    private void assertThatItSleeps() {
        assertThat(replicas().values()).containsOnly(0);
        assertThat(databaseStatus()).isEqualTo("stopped");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> clouds.kubernetes
                        .pods()
                        .inNamespace(clouds.namespace(STACK).orElseThrow())
                        .withoutLabel("batch.kubernetes.io/job-name")
                        .list()
                        .getItems()
                        .isEmpty());
    }

    private void assertThatItIsAwake() {
        assertThat(databaseStatus()).isEqualTo("available");
        assertThat(clouds.deployments(clouds.namespace(STACK).orElseThrow()).values())
                .allSatisfy(deployment -> assertThat(deployment.getStatus().getReadyReplicas())
                        .isEqualTo(deployment.getSpec().getReplicas())
                        .isPositive());
        assertThat(tags().has("ephemera:asleep-since")).isFalse();
    }

    @Test
    @Order(1)
    void pulumiShowsTheTagsOfWhatWasDeployed() {
        var tags = tags();
        assertThat(tags.path("ephemera:pull-request").asText()).isEqualTo("596");
        assertThat(tags.path("ephemera:url").asText()).isEqualTo("https://pr-596.preview.example.com/");
        assertThat(tags.path("ephemera:author").asText()).isEqualTo("ann");
        assertThat(tags.path("ephemera:team").asText()).isEqualTo("checkout");
        assertThat(Instant.parse(tags.path("ephemera:last-activity").asText()))
                .isBetween(Instant.now().minusSeconds(300), Instant.now());
        assertThat(tags.has("ephemera:run")).as("nobody works on it").isFalse();
    }

    @Test
    @Order(2)
    void asleepItHasNoPodsAndItsDatabaseIsStopped() {
        assertThat(ephemera("sleep").succeeded().output())
                .contains("pr-596 sleeps: no pods, stopped: shop-pr-596-orders");
        assertThatItSleeps();
        ephemera("sleep").succeeded();
        assertThatItSleeps();
        assertThat(project.run(List.of(EPHEMERA, "list")).succeeded().output())
                .containsPattern("pr-596 +asleep .*https://pr-596.preview.example.com/");
    }

    @Test
    @Order(3)
    void upWakesItFirstAndMayDeployAnotherNumberOfPods() {
        project.withPreview(sample.replace("api: {replicas: 1}", "api: {replicas: 2}"));

        assertThat(ephemera("up").succeeded().output()).contains("pr-596 sleeps and is woken first");

        assertThatItIsAwake();
        assertThat(replicas()).containsEntry("api", 2).containsEntry("web", 1);
        project.up(FIRST, STACK, "--expect-no-changes").succeeded();
    }

    @Test
    @Order(4)
    void wakeGivesBackAsManyPodsAsThereWere() {
        ephemera("sleep").succeeded();
        assertThatItSleeps();
        assertThat(ephemera("wake").succeeded().output()).contains("pr-596 is awake");
        assertThatItIsAwake();
        assertThat(replicas()).containsEntry("api", 2);
        project.up(FIRST, STACK, "--expect-no-changes").succeeded();
    }

    /** Hours that the whole of today and the days around it are outside of. */
    private static String hoursElsewhere() {
        var day = LocalDate.now(ZoneOffset.UTC).plusDays(3).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT);
        return "\nsleep: {outside: \"%s 00:00-24:00\", zone: UTC}\n".formatted(day);
    }

    @Test
    @Order(5)
    void reapPutsItToSleepOutsideTheHoursAndWakesItWithinThem() {
        project.withPreview(sample + hoursElsewhere());
        assertThat(reap().succeeded().output()).as("somebody has just deployed").contains("KEEP     pr-596");
        tag("ephemera:last-activity", Instant.now().minus(Duration.ofHours(2)).toString());

        assertThat(reap("--yes").succeeded().output()).contains("SLEEP    pr-596");
        assertThatItSleeps();

        clouds.rds.startDBInstance(request ->
                request.dbInstanceIdentifier(clouds.instances(STACK).get(0).dbInstanceIdentifier()));
        assertThat(databaseStatus()).isEqualTo("available");
        assertThat(reap("--yes").succeeded().output()).contains("AWS starts a stopped one after seven days");
        assertThatItSleeps();

        project.withPreview(sample + "\nsleep: {outside: \"Mon-Sun 00:00-24:00\", zone: UTC}\n");
        tag("ephemera:asleep-since", Instant.now().minus(Duration.ofDays(2)).toString());
        assertThat(reap("--yes").succeeded().output()).contains("WAKE     pr-596");
        assertThatItIsAwake();
        project.withPreview(sample);
    }

    @Tag("fault-19")
    @Test
    @Order(6)
    void whereThereIsNoRoomAnotherOneIsRefusedBeforeAnythingIsMade() {
        project.withPreview(sample + "\nlifetime: {most: 1}\n");
        var result = project.run(FIRST, List.of(EPHEMERA, "up", "--stack", "pr-597", "--forge", forge()));
        assertThat(result.exitCode()).as(result.output()).isEqualTo(REFUSED);
        assertThat(result.output()).contains("there are 1 (pr-596), want 1 at most");
        assertThat(project.pulumi("stack", "ls", "--json").succeeded().output()).doesNotContain("pr-597");
        assertThat(comments()).contains("There is no room for a preview of commit aaaaaaa");
        ephemera("up").succeeded();
    }

    @Test
    @Order(7)
    void itIsWarnedOfItsEndKeptByAPinAndEndsInItsTime() throws Exception {
        project.withPreview(sample + "\nlifetime: {idle: 3d}\n");
        project.pulumi("stack", "tag", "rm", "ephemera:last-activity", "--stack", STACK)
                .succeeded();
        reap("--yes").succeeded();
        assertThat(Instant.parse(tags().path("ephemera:last-activity").asText()))
                .as("of one that plain Pulumi has made")
                .isAfter(Instant.now().minusSeconds(120));
        tag(
                "ephemera:last-activity",
                Instant.now().minus(Duration.ofHours(71)).minusSeconds(600).toString());
        reap("--yes").succeeded();
        assertThat(comments()).contains("1 h before -->").contains("ci/ephemera extend");

        tag("ephemera:last-activity", Instant.now().minus(Duration.ofDays(4)).toString());
        assertThat(reap().succeeded().output()).contains("DESTROY  pr-596").contains("its time was over");
        var day = LocalDate.now(ZoneOffset.UTC).plusDays(2);
        assertThat(ephemera("pin", "--until", day.toString()).succeeded().output())
                .contains("pr-596 ends at %sT00:00:00Z: it was pinned until then".formatted(day.plusDays(1)));
        assertThat(reap("--yes").succeeded().output()).contains("KEEP     pr-596");
        ephemera("unpin").succeeded();
        ephemera("extend", "--by", "10h").succeeded();
        assertThat(reap("--yes").succeeded().output()).contains("KEEP     pr-596");
        project.pulumi("stack", "tag", "rm", "ephemera:extended-until", "--stack", STACK)
                .succeeded();
        tag("ephemera:last-activity", Instant.now().minus(Duration.ofDays(4)).toString());

        assertThat(reap("--yes").succeeded().output()).contains("DESTROY  pr-596");

        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(clouds.instances(STACK)).isEmpty();
        assertThat(Files.readString(directory.resolve("forge.json.comments.json")))
                .contains("is gone, with its database");
        assertThat(project.run(List.of(EPHEMERA, "list")).succeeded().output()).contains("There is none.");
    }

    @Test
    @Order(8)
    void theLedgerKeepsItWhenItIsGone() throws Exception {
        var state = Path.of(
                TestSandbox.SHARED.environment().get("PULUMI_BACKEND_URL").substring("file://".length()));
        try (var entries = Files.walk(state.resolve(".ephemera/ledger/shop"))) {
            var events = entries.filter(file -> file.getFileName().toString().contains("_" + STACK + "_"))
                    .sorted()
                    .map(SleepEngineTest::event)
                    .toList();
            assertThat(events).startsWith("up", "asleep", "asleep", "up").endsWith("gone");
        }
    }

    private static String event(Path file) {
        try {
            var entry = new ObjectMapper().readTree(file.toFile());
            assertThat(entry.path("author").asText()).isEqualTo("ann");
            return entry.path("event").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
