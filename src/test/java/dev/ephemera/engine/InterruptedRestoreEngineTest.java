package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an update, and of the one after it, when a restore does not come to its end. */
@Tag("engine")
class InterruptedRestoreEngineTest {
    private static final String STACK = "pr-542";
    private static final Map<String, String> FIRST = Map.of("EPHEMERA_IMAGE_TAG", "1.0");

    private TestProject project;
    private Clouds clouds;

    @BeforeEach
    void restoresTakeAWhile(@TempDir Path directory) {
        project = TestProject.below(directory);
        clouds = new Clouds();
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        TestSandbox.SHARED.restoreTime("15s");
    }

    @AfterEach
    void close() {
        TestSandbox.SHARED.restoreTime("2s");
        project.destroy(STACK);
        clouds.close();
    }

    @Test
    void theUpdateAfterAnInterruptedOneEndsWithThePasswordOfTheEnvironment() throws Exception {
        assumeThat(TestSandbox.SHARED.hasRealNode()).isTrue();
        var update = CompletableFuture.supplyAsync(() -> project.up(FIRST, STACK));
        await("the instance", () -> !clouds.instances(STACK).isEmpty());
        interrupt();
        update.join().failed();
        TestSandbox.SHARED.restoreTime("2s");
        var identifier = clouds.instances(STACK).get(0).dbInstanceIdentifier();
        clouds.awaitAvailable(identifier);

        // Its jobs log in, too.
        var next = project.up(FIRST, STACK).succeeded();

        assertThat(next.output()).contains("database orders: the update that restored " + identifier + " did not end");
        try (var connection = DatabaseLogin.of(clouds, STACK, "orders").open()) {
            assertThat(connection.isValid(10)).isTrue();
        }
        project.up(FIRST, STACK, "--expect-no-changes").succeeded();
    }

    @Test
    void aRestoreThatFailsEndsTheUpdateWhilePodsStillWaitForIt() {
        var update = CompletableFuture.supplyAsync(() -> project.up(FIRST, STACK));
        await(
                "the instance and a pod that waits for it",
                () -> !clouds.instances(STACK).isEmpty()
                        && clouds.namespace(STACK)
                                .filter(namespace ->
                                        clouds.deployments(namespace).keySet().containsAll(List.of("api", "worker")))
                                .isPresent());
        var identifier = clouds.instances(STACK).get(0).dbInstanceIdentifier();
        clouds.rds.deleteDBInstance(
                request -> request.dbInstanceIdentifier(identifier).skipFinalSnapshot(true));

        assertThat(update.join().failed().output()).contains("waiting for RDS DB Instance (" + identifier + ") create");

        var namespace = clouds.namespace(STACK).orElseThrow();
        assertThat(clouds.deployments(namespace).get("api").getStatus().getReadyReplicas())
                .isNull();
        assertThat(clouds.secrets(namespace)).isEmpty();
        assertThat(clouds.kubernetes
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .isEmpty();
    }

    private static void await(String what, BooleanSupplier isThere) {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!isThere.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " is there").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** As Ctrl-C does. */
    private static void interrupt() throws Exception {
        var pulumi = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(path -> path.endsWith("/pulumi"))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(STACK))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        new ProcessBuilder("kill", "-INT", String.valueOf(pulumi.pid())).start().waitFor();
    }
}
