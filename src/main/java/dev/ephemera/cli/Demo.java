package dev.ephemera.cli;

import dev.ephemera.cloud.AwsSightings;
import dev.ephemera.cloud.ClusterSightings;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.ProjectFile;
import dev.ephemera.demo.Preview;
import dev.ephemera.demo.Typed;
import dev.ephemera.model.EnvironmentSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.StackName;
import dev.ephemera.sandbox.SandboxEnvironment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--screenshot",
            paramLabel = "FILE",
            description = "put a picture of the page there (takes chromium or google-chrome)")
    private @Nullable Path screenshot;

    @Override
    public void run() {
        var project = Path.of("").toAbsolutePath();
        var application = ApplicationReader.read(project.resolve("stacks"));
        var typed = new Typed(project, System.out);
        try (var cluster = new ClusterSightings(application.cluster().context());
                var aws = new AwsSightings(application.aws().region().value())) {
            var previews = Stream.of("pr-123", "pr-124")
                    .map(stack -> new EnvironmentNames(ProjectFile.name(project), new StackName(stack)))
                    .map(names -> new Preview(
                            typed,
                            cluster,
                            aws,
                            new EnvironmentSpec(names, application, Optional.empty(), Optional.empty())))
                    .toList();
            // Only a sandbox with a real node has names of its own.
            var opens = System.getenv().containsKey(SandboxEnvironment.RESOLVER);
            new dev.ephemera.demo.Demo(typed, System.out, previews.get(0), previews.get(1), opens)
                    .run(keep, Optional.ofNullable(screenshot));
        }
    }
}
