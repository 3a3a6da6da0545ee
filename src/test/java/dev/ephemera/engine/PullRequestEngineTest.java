package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.Tag;

/** What the forge says decides, not the event that has started a run: {@code up} and {@code reap} with a forge in a file. */
@org.junit.jupiter.api.Tag("engine")
class PullRequestEngineTest {
    private static final String EPHEMERA =
            Path.of("").toAbsolutePath().resolve("ci/ephemera").toString();
    private static final String HEAD = "a".repeat(40);
    private static final String EARLIER = "b".repeat(40);
    private static final Map<String, String> FIRST = Map.of("EPHEMERA_IMAGE_TAG", "1.0");
    private static final int REFUSED = 4;
    private static final int UNDECIDED = 8;

    @TempDir
    private Path directory;

    private TestProject project;
    private Clouds clouds;

    /** An environment that is there in seconds. */
    private static final String SMALL = """
            workloads: {events: {image: "docker.io/library/nats:2.15", port: 4222, runAsUser: 65532, expose: {path: /}}}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    private record Seen(long number, String state, String head, boolean fork, String... labels) {
        Seen(long number, String state, boolean fork, String... labels) {
            this(number, state, HEAD, fork, labels);
        }

        String json() {
            return """
                    {"number": %d, "state": "%s", "head": "%s", "branch": "$(touch x); --help", "author": "ann", "labels": [%s], "fork": %s}""".formatted(
                    number,
                    state,
                    head,
                    Arrays.stream(labels).map(label -> '"' + label + '"').collect(Collectors.joining(", ")),
                    fork);
        }
    }

    @BeforeEach
    void open() {
        project = TestProject.below(directory);
        clouds = new Clouds();
    }

    @AfterEach
    void close() {
        TestSandbox.SHARED.restoreTime("2s");
        for (var stack : List.of("pr-580", "pr-581")) {
            project.run(List.of(EPHEMERA, "destroy", "--stack", stack, "--timeout", "1m"));
        }
        clouds.close();
    }

    private void forge(boolean complete, Seen... seen) {
        try {
            Files.writeString(directory.resolve("forge.json"), """
                    {"complete": %s, "asOf": "%s", "pullRequests": [%s]}
                    """.formatted(
                    complete, Instant.now(), Arrays.stream(seen).map(Seen::json).collect(Collectors.joining(", "))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestSandbox.Result ephemera(String... words) {
        var command = new ArrayList<>(List.of(EPHEMERA));
        command.addAll(List.of(words));
        command.addAll(List.of("--forge", "file:" + directory.resolve("forge.json")));
        return project.run(FIRST, command);
    }

    private TestSandbox.Result up(long number, String... more) {
        var words = new ArrayList<>(List.of("up", "--pull-request", String.valueOf(number)));
        words.addAll(List.of(more));
        return ephemera(words.toArray(String[]::new));
    }

    private String stacks() {
        return project.pulumi("stack", "ls", "--json").succeeded().output();
    }

    @org.junit.jupiter.api.Tag("fault-05")
    @org.junit.jupiter.api.Tag("fault-13")
    @Test
    void onlyTheHeadOfAnOpenTrustedPullRequestIsBroughtUp() {
        project.withApplication(SMALL);
        forge(true, new Seen(581, "closed", false));
        assertRefused(up(580), "there is no pull request 580");
        assertRefused(up(581), "pull request 581 is closed");

        forge(true, new Seen(580, "open", true, "preview", "preview:" + EARLIER));
        assertRefused(up(580), "want the label preview:" + HEAD);

        forge(true, new Seen(580, "open", true, "preview:" + HEAD));
        assertRefused(up(580, "--commit", EARLIER), "shows commit " + HEAD + " by now");
        assertThat(clouds.namespace("pr-580")).isEmpty();
        assertThat(stacks()).doesNotContain("pr-580");

        up(580, "--commit", HEAD).succeeded();

        var facts = project.outputs("pr-580").path("environment");
        assertThat(facts.path("pullRequest").asLong()).isEqualTo(580);
        assertThat(facts.path("branch").asText()).isEqualTo("$(touch x); --help");
        assertThat(facts.path("commit").asText()).isEqualTo(HEAD);
        assertThat(clouds.namespace("pr-580")).isPresent();

        assertThat(comments())
                .contains(
                        "<!-- ephemera:shop/pr-580 -->", "https://pr-580.preview.example.com/", "shows commit aaaaaaa");

        // The run of a close that came before a reopen may begin after it.
        assertRefused(ephemera("destroy", "--pull-request", "580"), "pull request 580 is open");
        assertThat(clouds.namespace("pr-580")).isPresent();
        forge(true, new Seen(580, "closed", false));
        ephemera("destroy", "--pull-request", "580").succeeded();
        assertThat(clouds.namespace("pr-580")).isEmpty();
        assertThat(comments()).contains("is gone").doesNotContain("preview.example.com");
    }

    private String comments() {
        try {
            return Files.readString(directory.resolve("forge.json.comments.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRefused(TestSandbox.Result result, String why) {
        assertThat(result.exitCode()).as(result.output()).isEqualTo(REFUSED);
        assertThat(result.output()).contains(why).contains("nothing was changed");
    }

    @org.junit.jupiter.api.Tag("fault-06")
    @Test
    void ofTwoPushesTheLaterOneIsShownInWhateverOrderTheirRunsCome() {
        TestSandbox.SHARED.restoreTime("8s");
        forge(true, new Seen(580, "open", EARLIER, false));
        var first = CompletableFuture.supplyAsync(() -> up(580, "--commit", EARLIER));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !clouds.instances("pr-580").isEmpty());
        forge(true, new Seen(580, "open", false));
        var second = up(580, "--commit", HEAD).succeeded();

        first.join().succeeded();
        assertThat(second.output()).contains("waiting for ");
        assertThat(project.outputs("pr-580").at("/environment/commit").asText()).isEqualTo(HEAD);
        assertRefused(up(580, "--commit", EARLIER), "shows commit " + HEAD + " by now");
        assertThat(project.outputs("pr-580").at("/environment/commit").asText()).isEqualTo(HEAD);
        assertThat(clouds.instances("pr-580")).hasSize(1);
    }

    @org.junit.jupiter.api.Tag("fault-03")
    @Test
    void oneThatIsClosedWhileItComesUpIsDestroyedByTheSameRun() {
        TestSandbox.SHARED.restoreTime("8s");
        forge(true, new Seen(580, "open", false));
        var run = CompletableFuture.supplyAsync(() -> up(580));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !clouds.instances("pr-580").isEmpty());
        forge(true, new Seen(580, "closed", false));

        assertThat(run.join().succeeded().output()).contains("pull request 580 is closed meanwhile");

        assertThat(clouds.namespace("pr-580")).isEmpty();
        assertThat(clouds.instances("pr-580")).isEmpty();
        assertThat(clouds.records("pr-580")).isEmpty();
        assertThat(stacks()).doesNotContain("pr-580");
    }

    @org.junit.jupiter.api.Tag("fault-04")
    @org.junit.jupiter.api.Tag("fault-09")
    @Test
    void reapDestroysWhatIsNotOpenAndNothingElseAlsoTwoOfThemAtOnce() {
        project.withApplication(SMALL);
        forge(true, new Seen(580, "open", false), new Seen(581, "open", false));
        up(580).succeeded();
        up(581).succeeded();
        restored("shop-pr-581-orphan", "shop", "pr-581");
        restored("shop-pr-581-look-alike", "shop-eu", "pr-581");
        project.pulumi("stack", "init", "production").succeeded();
        try {
            forge(false, new Seen(580, "open", false));
            assertThat(ephemera("reap", "--yes").exitCode()).as("half a list").isEqualTo(UNDECIDED);
            forge(true);
            assertThat(ephemera("reap", "--yes").exitCode()).as("an empty list").isEqualTo(UNDECIDED);
            forge(true, new Seen(580, "open", false));
            assertThat(ephemera("reap", "--yes", "--most", "0").exitCode())
                    .as("more than the bound")
                    .isEqualTo(UNDECIDED);
            assertThat(ephemera("reap").succeeded().output())
                    .contains("DESTROY  pr-581 ", "KEEP     pr-580 ", "REPORT   production ", "Nothing was changed");
            assertThat(clouds.namespace("pr-581")).isPresent();
            assertThat(clouds.instances("pr-581")).hasSize(2);

            var other = CompletableFuture.supplyAsync(() -> ephemera("reap", "--yes"));
            ephemera("reap", "--yes").succeeded();
            other.join().succeeded();

            assertThat(clouds.namespace("pr-581")).isEmpty();
            assertThat(clouds.instances("pr-581"))
                    .as("another project's")
                    .extracting(instance -> instance.dbInstanceIdentifier())
                    .containsExactly("shop-pr-581-look-alike");
            assertThat(clouds.namespace("pr-580")).isPresent();
            assertThat(stacks()).contains("pr-580", "production").doesNotContain("pr-581");
            assertThat(ephemera("reap", "--yes").succeeded().output()).doesNotContain("DESTROY");
        } finally {
            clouds.rds.deleteDBInstance(request ->
                    request.dbInstanceIdentifier("shop-pr-581-look-alike").skipFinalSnapshot(true));
            project.pulumi("stack", "rm", "--stack", "production", "--yes");
        }
    }

    private void restored(String identifier, String owner, String stack) {
        var snapshot = clouds.rds.describeDBSnapshots().dbSnapshots().stream()
                .map(each -> each.dbSnapshotIdentifier())
                .filter(each -> !each.startsWith("rds:"))
                .findFirst()
                .orElseThrow();
        clouds.rds.restoreDBInstanceFromDBSnapshot(request -> request.dbInstanceIdentifier(identifier)
                .dbSnapshotIdentifier(snapshot)
                .tags(List.of(tag("ephemera:project", owner), tag("ephemera:stack", stack))));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
