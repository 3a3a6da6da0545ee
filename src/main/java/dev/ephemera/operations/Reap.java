package dev.ephemera.operations;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.engine.StackState;
import dev.ephemera.engine.StackTagStore;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.forge.Progress;
import dev.ephemera.lifecycle.Admission;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.lifecycle.Reaping;
import dev.ephemera.lifecycle.Verdict;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import dev.ephemera.model.StackTags;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import dev.ephemera.report.PreviewComment;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Compares environments with what the forge says of their pull requests, with their ages and with the hours of the week:
 * destroys what should not live, whichever event was lost and whatever a run left, and lets the others sleep and wake.
 */
public final class Reap {
    /** Nothing of it needs the engine; each waits for AWS most of the time. */
    private static final int AT_ONCE = 8;

    private final Forge forge;
    private final ProjectName project;
    private final Function<StackName, Work> workOn;
    private final Clock clock;

    /**
     * What is to be done.
     *
     * @param doubts why nothing of it may be done; none when it may
     * @param warnings of what ends soon by itself
     * @param unseen environments whose days count from nothing yet, because plain Pulumi has made them
     */
    public record Plan(List<Verdict> verdicts, List<String> doubts, List<Warning> warnings, List<StackName> unseen) {}

    /** That a pull request's environment ends soon. */
    public record Warning(StackName stack, Lifetime.End end) {}

    /**
     * Prepares it.
     *
     * @param workOn what it takes to work on one of the project's environments
     * @param clock what ages are reckoned by
     */
    public Reap(Forge forge, ProjectName project, Function<StackName, Work> workOn, Clock clock) {
        this.forge = forge;
        this.project = project;
        this.workOn = workOn;
        this.clock = clock;
    }

    /**
     * Looks, and changes nothing.
     *
     * @throws Failure when forge, state or a cloud does not answer
     */
    public Plan plan(Work any, Reaping.Bounds bounds) {
        // The forge last: a pull request that was opened while the clouds were asked is open in its answer.
        var stacks = StackTagStore.all(any.pulumi(), any.environment(), project);
        var settings = ApplicationReader.settings(any.project().resolve("stacks"));
        var where = Whereabouts.of(new StackState(List.of(), List.of()), any.project());
        try (var clouds = where.clouds()) {
            var reaping = new Reaping(
                    project, stacks, clouds.all(), new Reaping.Rules(settings.lifetime(), settings.sleep()));
            var answer = forge.open();
            var now = clock.instant();
            return new Plan(
                    reaping.verdicts(answer, now),
                    reaping.doubts(answer, now, bounds),
                    warnings(reaping, answer, now),
                    unseen(stacks));
        }
    }

    private static List<StackName> unseen(Map<String, StackTags> stacks) {
        return stacks.entrySet().stream()
                .filter(stack -> stack.getValue().instant(StackTags.CREATED).isEmpty()
                        || stack.getValue().instant(StackTags.LAST_ACTIVITY).isEmpty())
                .flatMap(stack -> StackName.find(stack.getKey()).stream())
                .toList();
    }

    private static List<Warning> warnings(Reaping reaping, PullRequests answer, Instant now) {
        var warnings = new ArrayList<Warning>();
        for (var pullRequest : answer.open()) {
            var stack = StackName.ofPullRequest(pullRequest.number());
            Optional.ofNullable(reaping.stacks().get(stack.value()))
                    .flatMap(tags -> reaping.end(tags, pullRequest.labels()))
                    .filter(end -> end.warning(now).isPresent())
                    .ifPresent(end -> warnings.add(new Warning(stack, end)));
        }
        return warnings;
    }

    /**
     * Does what is to be done, each when it is its turn and still so: destroys one after the other, then lets the others sleep
     * and wake at the same time.
     *
     * @throws Failure at the end, when some could not be dealt with; the others are
     */
    public void carryOut(Plan plan, Turns turns) {
        if (!plan.doubts().isEmpty()) {
            throw new Failure(
                    Exit.UNDECIDED,
                    String.join("\n", plan.doubts()) + "\nNothing was deleted; run again when this is settled");
        }
        plan.warnings().forEach(this::warn);
        var failures = Collections.synchronizedList(new ArrayList<Failure>());
        stacks(plan, Verdict.Action.KEEP).stream()
                .filter(work -> plan.unseen().contains(work.names().stack()))
                .forEach(work -> inTurn(work, turns, () -> see(work), failures));
        stacks(plan, Verdict.Action.DESTROY).forEach(work -> inTurn(work, turns, () -> destroy(work), failures));
        atOnce(stacks(plan, Verdict.Action.SLEEP), work -> inTurn(work, turns, new Sleep(work)::sleep, failures));
        atOnce(stacks(plan, Verdict.Action.WAKE), work -> inTurn(work, turns, new Sleep(work)::wake, failures));
        if (!failures.isEmpty()) {
            throw new Failure(
                    failures.get(0).exit(),
                    "%d of the environments could not be dealt with; why stands above. Run again when the causes are gone"
                            .formatted(failures.size()));
        }
    }

    private List<Work> stacks(Plan plan, Verdict.Action action) {
        return plan.verdicts().stream()
                .filter(verdict -> verdict.action() == action)
                .map(verdict -> workOn.apply(new StackName(verdict.stack())))
                .toList();
    }

    /** Each has a limit of its own. */
    private static void atOnce(List<Work> works, Consumer<Work> each) {
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletableFuture.allOf(works.stream()
                            .map(work -> CompletableFuture.runAsync(() -> each.accept(work), pool))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            pool.shutdown();
        }
    }

    private static void inTurn(Work work, Turns turns, Runnable doing, List<Failure> failures) {
        var stack = work.names().stack();
        try {
            turns.take(work.names(), "reap", doing);
        } catch (Failure failure) {
            if (failure.exit() == Exit.LOCKED) {
                work.tell("%s: left for the next time, %s".formatted(stack, failure.getMessage()));
                return;
            }
            work.tell("%s: %s".formatted(stack, failure.getMessage()));
            failures.add(failure);
        }
    }

    /** One that has gone since must not get tags again. */
    private static void see(Work work) {
        if (StackState.of(work.pulumi(), work.names().stack().value()).isPresent()) {
            work.records().seen();
        }
    }

    /** Asked once more: between the plan and its turn somebody may have reopened, pushed or pinned. */
    private void destroy(Work work) {
        var number = work.names().stack().pullRequest();
        var pullRequest = number.isPresent() ? forge.find(number.getAsLong()) : Optional.<PullRequest>empty();
        if (number.isPresent()
                && Admission.of(number.getAsLong(), pullRequest, Optional.empty()) instanceof Admission.Ended ended) {
            work.tell("%s: %s".formatted(work.names().stack(), ended.reason()));
            new Destroy(work).run();
            showGone(work, number.getAsLong());
            return;
        }
        var lifetime =
                ApplicationReader.settings(work.project().resolve("stacks")).lifetime();
        var labels = pullRequest.map(PullRequest::labels).orElse(Set.of());
        var end = Lifetime.of(lifetime, work.records().tags(), labels).end();
        if (end.filter(each -> each.isDue(clock.instant())).isEmpty()) {
            work.tell("%s: it may live again by now; it stays"
                    .formatted(work.names().stack()));
            return;
        }
        work.tell("%s: %s".formatted(work.names().stack(), end.get().reason()));
        new Destroy(work).run();
        number.ifPresent(open -> {
            showGone(work, open);
            say(
                    open,
                    PreviewComment.mark(work.names()),
                    PreviewComment.ended(end.get().reason()));
        });
    }

    private void showGone(Work work, long number) {
        try {
            forge.show(number, "", Progress.GONE, Optional.empty());
        } catch (Failure failure) {
            work.tell("warning: the forge still shows the environment of pull request %d: %s"
                    .formatted(number, failure.getMessage()));
        }
    }

    private void warn(Warning warning) {
        var end = warning.end();
        end.warning(clock.instant())
                .ifPresent(before -> say(
                        warning.stack().pullRequest().orElseThrow(),
                        PreviewComment.warningMark(new EnvironmentNames(project, warning.stack()), end.at(), before),
                        PreviewComment.warning(end.at(), end.reason())));
    }

    /** A forge that takes no comment keeps nothing from being done. */
    private void say(long number, String mark, String markdown) {
        try {
            forge.say(number, mark, markdown);
        } catch (Failure failure) {
            workOn.apply(StackName.ofPullRequest(number))
                    .tell("warning: pull request %d is not told: %s".formatted(number, failure.getMessage()));
        }
    }
}
