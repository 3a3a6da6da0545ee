package dev.ephemera.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An application's repository with the program in it, as a pipeline checks it out.
 *
 * @param application its {@code application.yaml}, with a port to fill in, by which one commit is told from another
 */
record PipelineRepository(GitRepository tree, String application) {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    /** Nothing of it is committed yet. */
    static PipelineRepository below(Path directory, String application) throws Exception {
        var tree = GitRepository.init(directory.resolve("shop"));
        GitRepository.run(
                "cp", "-r", ROOT.resolve("ci").toString(), tree.folder().toString());
        // As it does where the jar has been built from this checkout's sources, which are not copied.
        tree.write("ci/launch", """
                #!/bin/sh
                exec java -Dephemera.root=%1$s -cp %1$s/target/ephemera.jar "$@"
                """.formatted(ROOT));
        Files.copy(ROOT.resolve("Pulumi.yaml"), tree.folder().resolve("Pulumi.yaml"));
        Files.createSymbolicLink(tree.folder().resolve("target"), ROOT.resolve("target"));
        tree.write("stacks/preview.yaml", "{}");
        return new PipelineRepository(tree, application);
    }

    Path folder() {
        return tree.folder();
    }

    /** Runs git in it, which has to succeed. */
    String git(String... arguments) throws Exception {
        return tree.git(arguments);
    }

    void write(String file, String text) throws IOException {
        tree.write(file, text);
    }

    /** Commits the application with this port; the new commit's name. */
    String commit(int port) throws Exception {
        tree.write("stacks/application.yaml", application.formatted(port));
        return tree.commit();
    }

    /** A bare copy beside it, as a forge has it. */
    Path published() throws Exception {
        var origin = folder().resolveSibling("origin.git");
        GitRepository.run("git", "clone", "--quiet", "--bare", folder().toString(), origin.toString());
        return origin;
    }
}
