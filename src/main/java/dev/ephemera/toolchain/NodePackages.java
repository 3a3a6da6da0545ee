package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Programs in JavaScript, with the packages that they need, whose hashes are pinned: installed by npm for Node.js on PATH. */
final class NodePackages {
    static final List<String> FILES = List.of("package.json", "package-lock.json");

    private final Steps steps;

    NodePackages(Map<String, String> environment, Consumer<String> progress) {
        this.steps = new Steps(environment, progress);
    }

    /** Why nothing can be installed or run here; empty where it can. Quick. */
    Optional<String> obstacle() {
        return steps.missing("node", "npm")
                .map(program -> "there is no '" + program
                        + "' on PATH to install and run it with (Node.js 20 or newer; Debian: apt-get install npm; macOS: brew"
                        + " install node)");
    }

    /** The packages of a folder's lock file, in the workspace's result. */
    void install(Path folder, String title, Workspace workspace) throws IOException {
        for (String file : FILES) {
            Files.copy(folder.resolve(file), workspace.result().resolve(file));
        }
        steps.say("Fetching " + title + " with npm ...");
        steps.run(
                List.of(
                        "npm",
                        "ci",
                        "--prefix",
                        workspace.result().toString(),
                        // None of them needs to run anything to be installed, and none may.
                        "--ignore-scripts",
                        "--engine-strict",
                        "--no-audit",
                        "--no-fund",
                        "--no-update-notifier"),
                title,
                workspace);
    }
}
