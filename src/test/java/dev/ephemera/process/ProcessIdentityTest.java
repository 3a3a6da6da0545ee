package dev.ephemera.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessIdentityTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void aProcessIsAliveUntilItEnds() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        var identity = ProcessIdentity.of(process.pid()).orElseThrow();

        assertThat(identity.isAlive()).isTrue();
        identity.kill();
        await().atMost(LIMIT).until(() -> !identity.isAlive());
    }

    @Test
    void anotherProcessWithTheSameIdIsNotIt() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        try {
            var earlier = new ProcessIdentity(process.pid(), "another boot:17");

            assertThat(earlier.isAlive()).isFalse();
            earlier.kill();
            earlier.terminate();
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** In a container whose first process reaps nobody they stay for ever. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatEndedAndThatNobodyAskedAboutIsNotAlive() throws Exception {
        // The shell becomes a sleep that does not know it has a child, so the child is never reaped.
        var parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
        try (var output = new BufferedReader(new InputStreamReader(parent.getInputStream()))) {
            var child = Long.parseLong(output.readLine());
            var stat = Path.of("/proc/" + child + "/stat");
            await().atMost(LIMIT).until(() -> read(stat).contains(") Z "));

            assertThat(ProcessIdentity.of(child)).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
