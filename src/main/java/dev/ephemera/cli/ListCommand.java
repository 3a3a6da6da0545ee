package dev.ephemera.cli;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.ProjectFile;
import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.StackTagStore;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.naming.StackName;
import dev.ephemera.report.EnvironmentList;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ci/ephemera list}. */
@Command(
        name = "list",
        description = {
            "List the project's environments: awake or asleep, when something happened last, when each ends by itself, its address."
        },
        mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {
    @Option(names = "--json", description = "for programs: an array, with all that the stacks' tags say")
    private boolean json;

    @Override
    public void run() {
        var project = Target.project();
        var name = ProjectFile.name(project);
        var lifetime = ApplicationReader.settings(project.resolve("stacks")).lifetime();
        var pulumi = new Pulumi(project, Map.of(), Interruption.ofThisProcess());
        var list = new EnvironmentList(StackTagStore.all(pulumi, System.getenv(), name).entrySet().stream()
                .filter(stack -> StackName.find(stack.getKey()).isPresent())
                .map(stack -> new EnvironmentList.Row(
                        stack.getKey(), stack.getValue(), new Lifetime(lifetime, stack.getValue()).end()))
                .toList());
        System.out.println(json ? list.json() : list.text());
    }
}
