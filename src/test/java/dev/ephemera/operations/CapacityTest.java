package dev.ephemera.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityTest {
    private static final Runnable NOTHING = () -> {};

    @TempDir
    private Path state;

    private Work work(String stack) {
        return new Work(
                new Pulumi(state, Map.of(), Interruption.ofThisProcess()),
                Map.of("PULUMI_BACKEND_URL", "file://" + state),
                state,
                new EnvironmentNames(new ProjectName("shop"), new StackName(stack)),
                Duration.ofSeconds(30),
                line -> {});
    }

    /** What Pulumi does when it makes a stack. */
    private void made(String stack) {
        try {
            var folder = Files.createDirectories(state.resolve(".pulumi/stacks/shop"));
            Files.writeString(folder.resolve(stack + ".json"), "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoeverComesWhenThereIsNoRoomIsRefusedAndToldWhoHasIt() {
        made("pr-1");
        made("production");
        new Capacity(work("pr-2")).add(2, () -> made("pr-2"));
        assertThatThrownBy(() -> new Capacity(work("pr-3")).add(2, () -> made("pr-3")))
                .hasMessageContaining("there are 2 (pr-1, pr-2), want 2 at most")
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.REFUSED);
        assertThat(state.resolve(".pulumi/stacks/shop/pr-3.json")).doesNotExist();
    }

    @Test
    void whoHasOneAlreadyHasRoom() {
        made("pr-1");
        new Capacity(work("pr-1")).add(1, NOTHING);
    }

    @Test
    void ofManyAtOnceExactlyAsManyGetInAsThereIsRoomFor() {
        var refused = new AtomicInteger();
        IntStream.rangeClosed(1, 8).parallel().forEach(each -> {
            try {
                new Capacity(work("pr-" + each)).add(3, () -> made("pr-" + each));
            } catch (Failure failure) {
                refused.incrementAndGet();
            }
        });
        assertThat(refused).hasValue(5);
        assertThat(state.resolve(".pulumi/stacks/shop").toFile().list()).hasSize(3);
    }
}
