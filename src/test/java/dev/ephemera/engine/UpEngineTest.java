package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci/ephemera up} after runs that were killed, interrupted, or are still at work. */
@Tag("engine")
class UpEngineTest {
    private static final String EPHEMERA =
            Path.of("").toAbsolutePath().resolve("ci/ephemera").toString();
    private static final String STACK = "pr-570";
    private static final Map<String, String> FIRST = Map.of("EPHEMERA_IMAGE_TAG", "1.0");
    private static final int LOCKED = 5;
    private static final int INTERRUPTED = 6;

    @TempDir
    private Path directory;

    private TestProject project;
    private Clouds clouds;

    @BeforeEach
    void restoresTakeAWhile() {
        project = TestProject.below(directory);
        clouds = new Clouds();
        TestSandbox.SHARED.restoreTime("15s");
    }

    @AfterEach
    void close() {
        TestSandbox.SHARED.restoreTime("2s");
        project.run(List.of(EPHEMERA, "destroy", "--stack", STACK, "--timeout", "1m"));
        clouds.close();
    }

    private TestSandbox.Result up() {
        return project.run(FIRST, List.of(EPHEMERA, "up", "--stack", STACK));
    }

    private CompletableFuture<TestSandbox.Result> upUntilItRestores() {
        var update = CompletableFuture.supplyAsync(this::up);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !clouds.instances(STACK).isEmpty());
        return update;
    }

    /** The command's own processes, by what stands in their command lines. */
    private static List<ProcessHandle> processes(Predicate<List<String>> arguments) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .filter(given -> given.contains(STACK) && arguments.test(given))
                        .isPresent())
                .toList();
    }

    private static List<ProcessHandle> ephemera() {
        return processes(given -> given.contains("dev.ephemera.cli.Ephemera")).stream()
                // The launcher has the same words in its command line.
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("/java"))
                        .isPresent())
                .toList();
    }

    private void assertThatItIsUpOnce() {
        assertThat(clouds.instances(STACK)).hasSize(1);
        project.up(FIRST, STACK, "--expect-no-changes").succeeded();
    }

    @Tag("fault-02")
    @Test
    void afterARunOfWhichEverythingWasKilledTheNextOneMakesItWhole() {
        var update = upUntilItRestores();
        var killed = new ArrayList<ProcessHandle>();
        processes(given -> true)
                .forEach(process ->
                        Stream.concat(Stream.of(process), process.descendants()).forEach(killed::add));
        killed.forEach(ProcessHandle::destroyForcibly);
        assertThat(killed).isNotEmpty();
        update.join().failed();

        var next = up().succeeded();

        assertThat(next.output())
                .contains("taking the lease over from process ")
                .contains("took away the lock of a Pulumi process that has ended")
                .contains("deleting RDS instance shop-" + STACK);
        assertThatItIsUpOnce();
    }

    @Tag("fault-01")
    @Test
    void aRunThatIsAskedToEndSavesWhatItMadeAndTheNextOneGoesOn() {
        var update = upUntilItRestores();
        ephemera().forEach(ProcessHandle::destroy);

        var result = update.join().failed();

        assertThat(result.exitCode()).isEqualTo(INTERRUPTED);
        assertThat(result.output()).contains("Interrupted: the step that runs is finished and saved");
        up().succeeded();
        assertThatItIsUpOnce();
    }

    @Test
    void aRunThatWasKilledAloneIsWaitedForUntilItsEngineHasEnded() {
        var update = upUntilItRestores();
        ephemera().forEach(ProcessHandle::destroyForcibly);
        update.join().failed();

        var next = up().succeeded();

        assertThat(next.output()).contains("waiting for another Pulumi command on this stack: process ");
        assertThatItIsUpOnce();
    }

    @Tag("fault-08")
    @Test
    void ofTwoRunsAtOnceOneWaitsAndARunThatWaitsEndsAtOnceWhenItIsAskedTo() {
        var first = upUntilItRestores();
        var waiting = CompletableFuture.supplyAsync(this::up);
        await().atMost(Duration.ofMinutes(1)).until(() -> ephemera().size() == 2);
        var second = ephemera().stream()
                .max(Comparator.comparing(
                        process -> process.info().startInstant().orElseThrow()))
                .orElseThrow();
        // Java needs a moment until it can be asked anything.
        await().pollDelay(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(30)).until(second::isAlive);
        var impatient = project.run(FIRST, List.of(EPHEMERA, "up", "--stack", STACK, "--timeout", "1s"));
        assertThat(impatient.exitCode()).as(impatient.output()).isEqualTo(LOCKED);
        second.destroy();
        assertThat(waiting.join().exitCode()).isEqualTo(INTERRUPTED);
        assertThat(first).isNotDone();

        var third = up().succeeded();
        first.join().succeeded();
        assertThat(third.output()).contains("waiting for process ").contains("up since");
        assertThatItIsUpOnce();
    }

    @Test
    void aRuleOfASecurityGroupThatWasHalfMadeIsMadeAnew() throws Exception {
        TestSandbox.SHARED.restoreTime("2s");
        up().succeeded();
        var group = clouds.securityGroups(STACK).get(0);
        asIfItWereBegun("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");

        assertThat(up().succeeded().output())
                .contains("deleting the rule of security group %s that lets tcp 5432 in".formatted(group.groupId()));

        assertThat(clouds.securityGroups(STACK).get(0).ipPermissions()).isEqualTo(group.ipPermissions());
        assertThatItIsUpOnce();
    }

    /** As the state is when the engine was killed after AWS had made it and before it could say so. */
    private void asIfItWereBegun(String type) throws Exception {
        var json = new ObjectMapper();
        // Not by `pulumi stack import`: it takes operations away that have not ended.
        var backend = TestSandbox.SHARED.environment().get("PULUMI_BACKEND_URL");
        var file = Path.of(backend.substring("file://".length()), ".pulumi/stacks/shop/%s.json".formatted(STACK))
                .toFile();
        var state = json.readTree(file);
        var latest = (ObjectNode) state.at("/checkpoint/latest");
        var resources = (ArrayNode) latest.path("resources");
        var pending = latest.putArray("pending_operations");
        for (var each = resources.size() - 1; each >= 0; each--) {
            if (resources.get(each).path("type").asText().equals(type)) {
                var resource = (ObjectNode) resources.remove(each);
                resource.remove(List.of("id", "outputs"));
                pending.addObject().put("type", "creating").set("resource", resource);
            }
        }
        assertThat(pending).hasSize(1);
        json.writeValue(file, state);
    }
}
