package dev.ephemera.cli;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.ProjectFile;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ci/demo}. */
@Command(
        name = "ci/demo",
        description =
                "Bring the environment of pull request 123 up in the sandbox, change it, take it down, and show what"
                        + " the clouds hold after each step.",
        mixinStandardHelpOptions = true)
public final class Demo implements Runnable {
    @Option(names = "--keep", description = "leave the environment up, to play on")
    private boolean keep;

    private Demo() {}

    public static void main(String[] arguments) {
        System.exit(Commands.execute(new Demo(), arguments));
    }

    @Override
    public void run() {
        var project = Path.of("").toAbsolutePath();
        var names = new EnvironmentNames(ProjectFile.name(project), new StackName("pr-123"));
        dev.ephemera.demo.Demo.run(project, names, ApplicationReader.read(project.resolve("stacks")), keep, System.out);
    }
}
