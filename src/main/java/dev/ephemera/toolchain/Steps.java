package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Commands that fetch or unpack something in a workspace, or fail with what to do about it. */
final class Steps {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<String, String> environment;
    private final Consumer<String> progress;

    Steps(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    void say(String line) {
        progress.accept(line);
    }

    /** The first of these programs that is on no PATH. */
    Optional<String> missing(String... programs) {
        return Stream.of(programs)
                .filter(program ->
                        HostPrograms.find("bin/" + program, environment).isEmpty())
                .findFirst();
    }

    /** The command's first word is a program's name; its output goes to the workspace's log. */
    void run(List<String> command, String title, Workspace workspace) throws IOException {
        String name = command.get(0);
        Path program = HostPrograms.find("bin/" + name, environment)
                .orElseThrow(() -> new IOException("there is no '" + name + "' on PATH"));
        var line = Stream.concat(Stream.of(program.toString()), command.stream().skip(1))
                .toList();
        int exit = new Command(line, workspace.scratch(), environment)
                .run(
                        workspace.log(),
                        LONGEST,
                        Toolchain.BETWEEN_REMARKS,
                        passed -> progress.accept("Still fetching " + title + " (" + Durations.text(passed) + ") ..."));
        if (exit != 0) {
            throw Trouble.of(title, name, exit, workspace.log(), workspace.result());
        }
    }
}
