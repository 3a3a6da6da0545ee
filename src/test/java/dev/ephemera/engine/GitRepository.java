package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A work tree with git's own repository in it. */
record GitRepository(Path folder) {
    /** An empty one, on the branch main. */
    static GitRepository init(Path folder) throws Exception {
        run("git", "init", "--quiet", "--initial-branch=main", folder.toString());
        return new GitRepository(folder);
    }

    /** Runs git in it, which has to succeed. */
    String git(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** Commits all that is there; the new commit's name. */
    String commit() throws Exception {
        git("add", "--all");
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "a");
        return git("rev-parse", "HEAD").strip();
    }

    /** Writes a file, in its folder. */
    void write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Runs a command that has to succeed. */
    static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
