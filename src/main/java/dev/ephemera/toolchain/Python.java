package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Python from PATH, virtual environments, and packages whose hashes are pinned. */
final class Python {
    /** What the pinned packages ask for (networkx 3.6 is the strictest of them). */
    private static final Version OLDEST = new Version(3, 11, 0);

    private static final List<String> NAMES =
            List.of("python3", "python3.14", "python3.13", "python3.12", "python3.11");
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final Map<String, String> environment;
    private final Consumer<String> progress;

    Python(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    /** A virtual environment in the workspace's result, with a requirements file's packages in it. */
    void environmentWith(Path requirements, String title, Workspace workspace) throws IOException {
        virtualEnvironment(title, workspace.result(), workspace);
        Path python = workspace.result().resolve("bin/python3");
        pip(python, List.of("-r", requirements.toString()), title, workspace);
    }

    /** The packages of a requirements file, and no Python, in the workspace's result. */
    void packages(Path requirements, String title, Workspace workspace) throws IOException {
        Path installer = workspace.scratch().resolve("python");
        virtualEnvironment(title, installer, workspace);
        var arguments = List.of("--target", workspace.result().toString(), "-r", requirements.toString());
        pip(installer.resolve("bin/python3"), arguments, title, workspace);
    }

    private void virtualEnvironment(String title, Path place, Workspace workspace) throws IOException {
        String python = interpreter(title);
        run(List.of(python, "-m", "venv", place.toString()), title, "python -m venv", workspace);
    }

    private void pip(Path python, List<String> arguments, String title, Workspace workspace) throws IOException {
        // Wheels only: building a package from source would run its code and need a compiler.
        var line = new ArrayList<>(List.of(
                python.toString(),
                "-m",
                "pip",
                "install",
                "--require-hashes",
                "--no-deps",
                "--only-binary=:all:",
                "--retries=2",
                "--no-input",
                "--disable-pip-version-check",
                "--progress-bar=off"));
        line.addAll(arguments);
        run(line, title, "pip", workspace);
    }

    private void run(List<String> line, String title, String program, Workspace workspace) throws IOException {
        var child = new java.util.HashMap<>(environment);
        // Each of these would make pip or Python look, or install, somewhere else.
        List.of("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV")
                .forEach(child::remove);
        child.put("TMPDIR", workspace.scratch().toString());
        int exit = new Command(line, workspace.scratch(), child)
                .run(
                        workspace.log(),
                        LONGEST,
                        Toolchain.BETWEEN_REMARKS,
                        passed -> progress.accept(
                                "Still installing " + title + " with pip (" + Durations.text(passed) + ") ..."));
        if (exit != 0) {
            throw Trouble.of(title, program, exit, workspace.log(), workspace.result());
        }
    }

    /**
     * The full path of a new enough interpreter. Python itself is asked for it: a link such as python3 would lead elsewhere
     * after an upgrade, and a version manager's stand-in would depend on its settings.
     */
    private String interpreter(String title) {
        String question = "import os, sys; print('%d.%d.%d' % sys.version_info[:3]);"
                + " print(os.path.realpath(getattr(sys, '_base_executable', sys.executable)))";
        String seen = "none is on PATH";
        for (String name : NAMES) {
            Optional<Path> candidate = Executables.find(name, environment);
            if (candidate.isEmpty()) {
                continue;
            }
            var line = List.of(candidate.get().toString(), "-c", question);
            List<String> answer = new Command(line, Path.of("/"), environment)
                    .output(ANSWER)
                    .map(text -> text.strip().lines().toList())
                    .orElse(List.of());
            Optional<Version> version = answer.isEmpty() ? Optional.empty() : Version.in(answer.get(0));
            if (answer.size() == 2 && version.isPresent() && version.get().replaces(OLDEST)) {
                return answer.get(1);
            }
            seen = candidate.get() + " is " + version.map(Version::toString).orElse("broken");
        }
        throw new Failure(
                Exit.FAILED,
                title + " needs Python " + OLDEST.major() + "." + OLDEST.minor() + " or newer, and " + seen
                        + ": install it (Debian, Ubuntu: apt-get install python3-venv; macOS: brew install python), and run"
                        + " again");
    }
}
