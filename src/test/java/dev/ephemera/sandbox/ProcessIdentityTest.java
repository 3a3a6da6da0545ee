package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void aProcessIsAliveUntilItEnds() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        var identity = ProcessIdentity.of(process.pid()).orElseThrow();

        assertThat(identity.isAlive()).isTrue();
        identity.kill();
        assertThat(Waiting.until(() -> !identity.isAlive(), LIMIT)).isTrue();
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
            assertThat(Waiting.until(() -> read(stat).contains(") Z "), LIMIT)).isTrue();

            assertThat(ProcessIdentity.of(child)).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws Exception {
        var file = directory.resolve("moto");
        var record = new ProcessRecord(new ProcessIdentity(17, "boot:4711"), "abc");

        record.write(file);

        assertThat(ProcessRecord.read(file)).contains(record);
        assertThat(Files.list(directory)).containsExactly(file);
    }

    @Test
    void aRecordThatIsNotThereOrNotWholeIsNone() throws Exception {
        var file = directory.resolve("moto");
        assertThat(ProcessRecord.read(file)).isEmpty();

        for (var text : new String[] {"", "17", "17\nboot:4711", "x\nboot:4711\n\n"}) {
            Files.writeString(file, text);
            assertThat(ProcessRecord.read(file)).as(text).isEmpty();
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
