package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandTest {
    @TempDir
    private Path directory;

    @Test
    void seesOnlyTheEnvironmentThatItIsGiven() {
        assertThat(shell("env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD= | sort")
                        .output(Duration.ofSeconds(20)))
                .contains("ONLY=this\n");
    }

    @Test
    void saysThatItStillRunsAndKeepsAllOutput() throws IOException {
        var remarks = new ArrayList<Duration>();
        Path log = directory.resolve("log");
        int exit = shell("echo out; echo err >&2; sleep 0.5; exit 3")
                .run(log, Duration.ofSeconds(30), Duration.ofMillis(100), remarks::add);
        assertThat(exit).isEqualTo(3);
        assertThat(log).hasContent("out\nerr\n");
        assertThat(remarks).isNotEmpty();
    }

    @Test
    void isEndedWithAllThatItStartedWhenItTakesTooLong() throws Exception {
        Path child = directory.resolve("child");
        assertThatThrownBy(() -> shell("sleep 300 & echo $! > " + child + "; wait")
                        .run(directory.resolve("log"), Duration.ofMillis(500), Duration.ofMillis(100), passed -> {}))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("was still not done after 1 s and was ended");
        awaitEnd(child);
    }

    @Test
    void endsWithTheProcessThatRunsItWhenThatIsToldToEnd() throws Exception {
        Path child = directory.resolve("child");
        Process runner = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Runner.class.getName(),
                        child.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!Files.exists(child) || Files.size(child) == 0) {
            assertThat(runner.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        runner.destroy();
        runner.waitFor();
        awaitEnd(child);
    }

    /** Runs a command that lasts long, in a process of its own. */
    static final class Runner {
        private Runner() {}

        public static void main(String... arguments) throws IOException {
            Path child = Path.of(arguments[0]);
            var line = List.of("/bin/sh", "-c", "sleep 300 & echo $! > " + child + "; wait");
            new Command(line, child.getParent(), Map.of("PATH", Scripts.SYSTEM_PATH))
                    .run(child.resolveSibling("log"), Duration.ofMinutes(1), Duration.ofMinutes(1), passed -> {});
        }
    }

    private Command shell(String script) {
        return new Command(List.of("/bin/sh", "-c", script), directory, Map.of("ONLY", "this"));
    }

    private static void awaitEnd(Path pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
