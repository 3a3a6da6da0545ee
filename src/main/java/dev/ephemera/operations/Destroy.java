package dev.ephemera.operations;

import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.Belonging;
import dev.ephemera.naming.EnvironmentNames;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ends an environment and proves it: the engine deletes what its state knows, the clouds are asked what is left by marks, and
 * only when they say nothing is the stack forgotten. It needs no configuration and no branch where the state says enough, and
 * may be run any number of times.
 */
public final class Destroy {
    private final Work work;
    private final EnvironmentNames names;

    public Destroy(Work work) {
        this.work = work;
        this.names = work.names();
    }

    /**
     * Destroys it.
     *
     * @throws Failure when something is left, or it cannot be known
     */
    public void run() {
        var stack = names.stack().value();
        var state = StackState.of(work.pulumi(), stack);
        var known = state.orElseGet(() -> new StackState(List.of(), List.of()));
        var where = Whereabouts.of(known, work.project());
        where.admit(names.stack());
        try (var clouds = where.clouds()) {
            var sweep = new Sweep(clouds, names, work.tell());
            if (!known.isEmpty()) {
                byTheEngine(stack, sweep);
            }
            var left = sweep.clear(work.limit());
            if (!left.isEmpty()) {
                throw leftBehind(left);
            }
        }
        if (state.isPresent()) {
            // Before the stack is forgotten: who is killed in between says it twice rather than never.
            var records = work.records();
            records.gone(records.tags());
            forget(stack);
        }
        work.tell("Proven: in cluster, AWS (%s) and zone %s nothing is marked as %s of %s%s."
                .formatted(
                        where.region(),
                        where.zone(),
                        stack,
                        names.project(),
                        state.isPresent() ? ", and its state is gone" : "; there was no such stack"));
    }

    private void byTheEngine(String stack, Sweep sweep) {
        var result = work.pulumi()
                .run(
                        work.tell(),
                        "destroy",
                        "--stack",
                        stack,
                        "--yes",
                        "--skip-preview",
                        "--continue-on-error",
                        "--color",
                        "never");
        if (!result.succeeded()) {
            EngineFailures.explain(result).ifPresent(failure -> {
                throw failure;
            });
            var left = sweep.find();
            throw new Failure(
                    left.isEmpty() ? Exit.FAILED : Exit.LEFT_BEHIND,
                    "the engine could not delete all of %s; its errors stand above. Still there: %s. The stack stays; run again when the cause is gone"
                            .formatted(stack, left.isEmpty() ? "nothing with a mark" : Sweep.described(left)));
        }
    }

    private Failure leftBehind(Map<Belonging, String> left) {
        return new Failure(
                Exit.LEFT_BEHIND,
                left.entrySet().stream()
                        .map(each -> "  %s: %s".formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(
                                "\n",
                                "left behind of %s after %d s:\n"
                                        .formatted(names.stack(), work.limit().toSeconds()),
                                "\nThe stack stays, so that nobody forgets; remove what keeps them, and run again")));
    }

    private void forget(String stack) {
        var result = work.pulumi().run(line -> {}, "stack", "rm", "--stack", stack, "--yes", "--remove-backups");
        if (!result.succeeded()) {
            throw EngineFailures.explain(result)
                    .orElseGet(() -> new Failure(
                            Exit.FAILED,
                            "everything of %s is gone, but not its state: %s; run again"
                                    .formatted(stack, String.join(" ", result.lines()))));
        }
    }
}
