package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.process.ProcessIdentity;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path root;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aPartIsStartedInASessionOfItsOwnWithNothingOfOursOpen() throws Exception {
        var processes = new Processes(directory());

        processes.start(Part.MOTO, List.of("sleep", "60"), ENVIRONMENT, "");

        var pid = processes.record(Part.MOTO).orElseThrow().process().pid();
        try {
            assertThat(processes.isAlive(Part.MOTO)).isTrue();
            // The sixth field of proc_pid_stat(5) is the session; its leader has its own id.
            assertThat(Waiting.until(() -> session(pid) == pid, LIMIT)).isTrue();
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0")))
                    .isEqualTo(Path.of("/dev/null"));
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/1")))
                    .isEqualTo(processes.log(Part.MOTO));
        } finally {
            processes.end(Part.MOTO);
        }
        assertThat(ProcessIdentity.of(pid)).isEmpty();
        assertThat(processes.record(Part.MOTO)).isEmpty();
    }

    @Test
    void aProcessThatDoesNotEndWhenAskedIsKilled() throws Exception {
        var processes = new Processes(directory());
        processes.start(Part.MOTO, List.of("sh", "-c", "trap '' TERM; while :; do sleep 1; done"), ENVIRONMENT, "");
        var identity = processes.record(Part.MOTO).orElseThrow().process();

        processes.end(Part.MOTO);

        assertThat(identity.isAlive()).isFalse();
    }

    @Test
    void whatAKilledStartLeftIsFoundByItsCommandLine() throws Exception {
        var directory = directory();
        var ours = run("etcd", "--data-dir=" + directory.sandbox() + "/kwok");
        var script = run("python3", directory.sandbox() + "/start-moto.py");

        assertThat(new Processes(directory).strays())
                .extracting(ProcessIdentity::pid)
                .containsExactlyInAnyOrder(ours.pid(), script.pid());
    }

    @Test
    void othersAreNotTakenForOurs() throws Exception {
        var directory = directory();
        run("etcd", "--data-dir=" + directory.root() + "-of-somebody-else/sandbox/kwok");
        run("vi", directory.sandbox() + "/start-moto.py");
        run("tail", directory.sandbox() + "/logs/etcd");
        var known = run("etcd", "--data-dir=" + directory.sandbox() + "/kwok");
        var processes = new Processes(directory);
        processes.adopt(Part.ETCD, known.pid(), "");

        assertThat(processes.strays()).isEmpty();
    }

    /** A process under another name; its last argument is there to be seen only. */
    private Process run(String name, String argument) throws Exception {
        var process = new ProcessBuilder("bash", "-c", "exec -a \"$0\" bash -c 'read -r line' \"$1\"", name, argument)
                .redirectOutput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        started.add(process);
        assertThat(Waiting.until(
                        () -> CommandLine.of(process.pid()).stream().findFirst().equals(Optional.of(name)), LIMIT))
                .isTrue();
        return process;
    }

    private static long session(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
        } catch (java.io.IOException e) {
            return -1;
        }
    }

    private SandboxDirectory directory() {
        return SandboxDirectory.of(root, Map.of());
    }
}
