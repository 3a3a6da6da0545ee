package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLocksTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    @TempDir
    private Path state;

    private Path folder;
    private EngineLocks locks;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(state.resolve(".pulumi/locks/organization/shop/pr-7"));
        locks = new EngineLocks(Objects.at("file://" + state).orElseThrow(), LeaseTest.NAMES, Set.of("ended"));
    }

    private Path lock(String host, long pid, Instant since) throws IOException {
        Files.writeString(folder.resolve("one.json.attrs"), "{}");
        return Files.writeString(folder.resolve("one.json"), """
                {"pid": %d, "username": "ci", "hostname": "%s", "timestamp": "%s"}
                """.formatted(pid, host, since));
    }

    private static String here() throws IOException {
        return InetAddress.getLocalHost().getHostName();
    }

    private static long pidOfTheDead() throws Exception {
        var process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void theLockOfAProcessThatHasEndedIsTakenAwayWithItsAttributes() throws Exception {
        lock(here(), pidOfTheDead(), Instant.now());
        locks.awaitNone(AT_ONCE, told::add);
        assertThat(folder).isEmptyDirectory();
        assertThat(told).hasSize(1);
    }

    @Test
    void theLockOfAProcessThatLivesStaysAndIsNamed() throws Exception {
        var lock = lock(here(), ProcessHandle.current().pid(), Instant.now());
        assertThatThrownBy(() -> locks.awaitNone(AT_ONCE, told::add))
                .hasMessageContaining("process %d of %s since"
                        .formatted(ProcessHandle.current().pid(), here()))
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.LOCKED);
        assertThat(lock).exists();
    }

    @Test
    void aProcessThatBeganAfterTheLockIsNotItsOwner() throws Exception {
        lock(here(), ProcessHandle.current().pid(), Instant.EPOCH);
        locks.awaitNone(AT_ONCE, told::add);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theLockOfAnotherMachineStays() throws Exception {
        var lock = lock("elsewhere", pidOfTheDead(), Instant.now());
        assertThatThrownBy(() -> locks.awaitNone(AT_ONCE, told::add)).isInstanceOf(Failure.class);
        assertThat(lock).exists();
    }

    @Test
    void aLockThatIsHalfWrittenIsNobodysYet() throws Exception {
        Files.writeString(folder.resolve("one.json"), "{\"pid\":");
        assertThatThrownBy(() -> locks.awaitNone(AT_ONCE, told::add)).hasMessageContaining("one that has just begun");
    }

    @Test
    void attributesAloneAreNoLock() throws Exception {
        Files.writeString(folder.resolve("one.json.attrs"), "{}");
        locks.awaitNone(AT_ONCE, told::add);
        assertThat(told).isEmpty();
    }

    @Test
    void theLockOfAMachineWhoseRunHasEndedIsTakenAway() throws Exception {
        lock("ended", 1, Instant.now());
        locks.awaitNone(AT_ONCE, told::add);
        assertThat(folder).isEmptyDirectory();
    }
}
