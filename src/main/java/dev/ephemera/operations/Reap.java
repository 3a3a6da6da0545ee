package dev.ephemera.operations;

import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.StackState;
import dev.ephemera.engine.Stacks;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.lifecycle.Admission;
import dev.ephemera.lifecycle.Reaping;
import dev.ephemera.lifecycle.Verdict;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Destroys the environments of pull requests that are not open, whichever event was lost and whatever a run left. */
public final class Reap {
    private final Forge forge;
    private final Pulumi pulumi;
    private final Path directory;
    private final ProjectName project;
    private final Consumer<String> tell;

    /**
     * What is to be done.
     *
     * @param doubts why nothing of it may be done; none when it may
     */
    public record Plan(List<Verdict> verdicts, List<String> doubts) {}

    /**
     * Prepares it.
     *
     * @param directory where {@code Pulumi.yaml} is
     * @param tell gets each line for the person who waits
     */
    public Reap(Forge forge, Pulumi pulumi, Path directory, ProjectName project, Consumer<String> tell) {
        this.forge = forge;
        this.pulumi = pulumi;
        this.directory = directory;
        this.project = project;
        this.tell = tell;
    }

    /**
     * Looks, and changes nothing.
     *
     * @param environment tells where the state is
     * @throws Failure when forge, state or a cloud does not answer
     */
    public Plan plan(Map<String, String> environment, Reaping.Bounds bounds) {
        // The forge last: a pull request that was opened while the clouds were asked is open in its answer.
        var stacks = Stacks.names(pulumi, environment, project);
        var where = Whereabouts.of(new StackState(List.of(), List.of()), directory);
        try (var clouds = where.clouds()) {
            var reaping = new Reaping(project, stacks, clouds.all());
            var answer = forge.open();
            return new Plan(
                    reaping.verdicts(answer),
                    reaping.doubts(answer, Clock.systemUTC().instant(), bounds));
        }
    }

    /**
     * Destroys what is to be destroyed, one after the other, each when it is its turn and the forge still says so.
     *
     * @param limit how long to wait for the clouds, for each
     * @throws Failure at the end, when some are left; the others are gone
     */
    public void carryOut(Plan plan, Turns turns, Duration limit) {
        if (!plan.doubts().isEmpty()) {
            throw new Failure(
                    Exit.UNDECIDED,
                    String.join("\n", plan.doubts()) + "\nNothing was deleted; run again when this is settled");
        }
        var failures = new ArrayList<Failure>();
        plan.verdicts().stream()
                .filter(verdict -> verdict.action() == Verdict.Action.DESTROY)
                .map(verdict -> new StackName(verdict.stack()))
                .forEach(stack -> {
                    try {
                        var names = new EnvironmentNames(project, stack);
                        turns.take(names, "reap", () -> destroy(names, limit));
                    } catch (Failure failure) {
                        if (failure.exit() == Exit.LOCKED) {
                            tell.accept("%s: left for the next time, %s".formatted(stack, failure.getMessage()));
                            return;
                        }
                        tell.accept("%s: %s".formatted(stack, failure.getMessage()));
                        failures.add(failure);
                    }
                });
        if (!failures.isEmpty()) {
            throw new Failure(
                    failures.get(0).exit(),
                    "%d of the environments could not be destroyed; why stands above. Run again when the causes are gone"
                            .formatted(failures.size()));
        }
    }

    private void destroy(EnvironmentNames names, Duration limit) {
        var number = names.stack().pullRequest().orElseThrow();
        if (Admission.of(number, forge.find(number), Optional.empty()) instanceof Admission.Ended ended) {
            tell.accept("%s: %s".formatted(names.stack(), ended.reason()));
            new Destroy(pulumi, directory, names, limit, tell).run();
        } else {
            tell.accept("%s: its pull request has been opened again; it stays".formatted(names.stack()));
        }
    }
}
