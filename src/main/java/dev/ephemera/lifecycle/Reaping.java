package dev.ephemera.lifecycle;

import dev.ephemera.model.Belonging;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares what lives with what is open. What lives are stacks, and things in the clouds whose marks name this project and a
 * stack, whether that stack is still there or not.
 *
 * @param project whose environments are looked at; nobody else's are even listed
 * @param stacks the names that the state knows
 * @param belongings whatever the clouds have with marks, of any project
 */
public record Reaping(ProjectName project, Collection<String> stacks, Collection<Belonging> belongings) {
    /** An answer that is older says little of now: a pull request may have been opened since. */
    private static final Duration OLDEST_ANSWER = Duration.ofMinutes(10);
    /** A forge's clock may go a little before ours. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    /**
     * How much is believed of an answer.
     *
     * @param most how many environments may be destroyed at once
     * @param allowEmpty whether it may be that no pull request is open
     */
    public record Bounds(int most, boolean allowEmpty) {}

    /**
     * A verdict for each stack, in the order of their names.
     *
     * @param answer what the forge says; see {@link #doubts}
     */
    public List<Verdict> verdicts(PullRequests answer) {
        var open = answer.open().stream().map(PullRequest::number).collect(Collectors.toSet());
        var verdicts = new ArrayList<Verdict>();
        found().forEach((stack, found) -> verdicts.add(verdict(stack, found, open)));
        return verdicts;
    }

    /** By stack: what there is of it. */
    private Map<String, List<String>> found() {
        var found = new TreeMap<String, List<String>>();
        stacks.forEach(
                stack -> found.computeIfAbsent(stack, name -> new ArrayList<>()).add("stack"));
        belongings.stream()
                .filter(this::isOurs)
                .forEach(belonging -> found.computeIfAbsent(belonging.stack(), name -> new ArrayList<>())
                        .add(belonging.toString()));
        return found;
    }

    /** Exactly ours; with a stack's name that no preview has, whatever says that the project is ours. */
    private boolean isOurs(Belonging belonging) {
        return stackName(belonging.stack())
                .map(stack -> belonging.belongsTo(new EnvironmentNames(project, stack)))
                .orElseGet(() -> belonging.project().equals(project.value()));
    }

    private static Optional<StackName> stackName(String stack) {
        try {
            return Optional.of(new StackName(stack));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Verdict verdict(String stack, List<String> found, Set<Long> open) {
        var things = String.join(", ", found);
        var name = stackName(stack);
        if (name.isEmpty()) {
            return new Verdict(stack, Verdict.Action.REPORT, things, "its name is no preview's: it is left alone");
        }
        var number = name.get().pullRequest();
        if (number.isEmpty()) {
            return new Verdict(stack, Verdict.Action.KEEP, things, "a branch's: whoever made it destroys it");
        }
        return open.contains(number.getAsLong())
                ? new Verdict(
                        stack, Verdict.Action.KEEP, things, "pull request %d is open".formatted(number.getAsLong()))
                : new Verdict(
                        stack,
                        Verdict.Action.DESTROY,
                        things,
                        "pull request %d is not open".formatted(number.getAsLong()));
    }

    /**
     * Why nothing may be deleted on such an answer; empty when it may. What is missing in a short answer looks closed.
     *
     * @param bounds what may be destroyed at once
     */
    public List<String> doubts(PullRequests answer, Instant now, Bounds bounds) {
        var doubts = new ArrayList<String>();
        if (!answer.complete()) {
            doubts.add("the forge's list is not complete");
        }
        if (answer.asOf().isBefore(now.minus(OLDEST_ANSWER)) || answer.asOf().isAfter(now.plus(CLOCKS_APART))) {
            doubts.add("the forge's list is of %s, want one of the last %d minutes"
                    .formatted(answer.asOf(), OLDEST_ANSWER.toMinutes()));
        }
        var numbers = new HashSet<Long>();
        answer.open().stream()
                .filter(each -> !numbers.add(each.number()))
                .forEach(each -> doubts.add("the forge names pull request %d twice".formatted(each.number())));
        answer.open().stream()
                .filter(each -> !each.open())
                .forEach(each ->
                        doubts.add("the forge names pull request %d among the open ones, and says that it is closed"
                                .formatted(each.number())));
        var destroyed = verdicts(answer).stream()
                .filter(verdict -> verdict.action() == Verdict.Action.DESTROY)
                .count();
        if (answer.open().isEmpty() && destroyed > 0 && !bounds.allowEmpty()) {
            doubts.add(
                    "the forge names no open pull request at all, and there are environments of %d: say --allow-empty if that is so"
                            .formatted(destroyed));
        }
        if (destroyed > bounds.most()) {
            doubts.add("%d environments would be destroyed, want %d at most: say --most %d if that is so"
                    .formatted(destroyed, bounds.most(), destroyed));
        }
        return doubts;
    }
}
