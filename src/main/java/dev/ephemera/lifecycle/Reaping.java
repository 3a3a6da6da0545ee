package dev.ephemera.lifecycle;

import dev.ephemera.model.Belonging;
import dev.ephemera.model.LifetimeSpec;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import dev.ephemera.model.SleepSpec;
import dev.ephemera.model.StackTags;
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
 * @param stacks the names that the state knows, with what their tags say
 * @param belongings whatever the clouds have with marks, of any project
 */
public record Reaping(
        ProjectName project, Map<String, StackTags> stacks, Collection<Belonging> belongings, Rules rules) {
    /**
     * What the team has said about environments whose pull requests are open.
     *
     * @param sleep empty when they do not sleep by themselves
     */
    public record Rules(LifetimeSpec lifetime, Optional<SleepSpec> sleep) {}

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
    public List<Verdict> verdicts(PullRequests answer, Instant now) {
        var open = answer.open().stream()
                .collect(Collectors.toMap(PullRequest::number, each -> each, (one, other) -> one));
        var verdicts = new ArrayList<Verdict>();
        found().forEach((stack, found) -> verdicts.add(verdict(stack, found, open, now)));
        return verdicts;
    }

    /** By stack: what there is of it. */
    private Map<String, List<String>> found() {
        var found = new TreeMap<String, List<String>>();
        stacks.keySet()
                .forEach(stack ->
                        found.computeIfAbsent(stack, name -> new ArrayList<>()).add("stack"));
        belongings.stream()
                .filter(this::isOurs)
                .forEach(belonging -> found.computeIfAbsent(belonging.stack(), name -> new ArrayList<>())
                        .add(belonging.toString()));
        return found;
    }

    /** Exactly ours; with a stack's name that no preview has, whatever says that the project is ours. */
    private boolean isOurs(Belonging belonging) {
        return StackName.find(belonging.stack())
                .map(stack -> belonging.belongsTo(new EnvironmentNames(project, stack)))
                .orElseGet(() -> belonging.project().equals(project.value()));
    }

    private Verdict verdict(String stack, List<String> found, Map<Long, PullRequest> open, Instant now) {
        var things = String.join(", ", found);
        var name = StackName.find(stack);
        if (name.isEmpty()) {
            return new Verdict(stack, Verdict.Action.REPORT, things, "its name is no preview's: it is left alone");
        }
        var number = name.get().pullRequest();
        if (number.isEmpty()) {
            return life(stack, things, "a branch's", Set.of(), now);
        }
        var pullRequest = open.get(number.getAsLong());
        return pullRequest == null
                ? new Verdict(
                        stack,
                        Verdict.Action.DESTROY,
                        things,
                        "pull request %d is not open".formatted(number.getAsLong()))
                : life(
                        stack,
                        things,
                        "pull request %d is open".formatted(number.getAsLong()),
                        pullRequest.labels(),
                        now);
    }

    /** What becomes of one that may live. Where only orphans are left of it, whoever brings it up again deals with them. */
    private Verdict life(String stack, String found, String why, Set<String> labels, Instant now) {
        var tags = stacks.get(stack);
        if (tags == null) {
            return new Verdict(stack, Verdict.Action.KEEP, found, why);
        }
        var end = end(tags, labels);
        if (end.filter(each -> each.isDue(now)).isPresent()) {
            return new Verdict(
                    stack,
                    Verdict.Action.DESTROY,
                    found,
                    "its time was over at %s: %s"
                            .formatted(end.get().at(), end.get().reason()));
        }
        return rules.sleep()
                .flatMap(spec -> new Rest(spec, tags, databaseRuns(stack)).due(now))
                .map(due -> new Verdict(
                        stack,
                        due.change() == Rest.Change.SLEEP ? Verdict.Action.SLEEP : Verdict.Action.WAKE,
                        found,
                        due.reason()))
                .orElseGet(() -> new Verdict(
                        stack,
                        Verdict.Action.KEEP,
                        found,
                        why
                                + (tags.asleep() ? ", asleep" : "")
                                + end.map(each -> ", ends at " + each.at()).orElse("")));
    }

    /** When it ends by itself; empty when only its pull request ends it. */
    public Optional<Lifetime.End> end(StackTags tags, Set<String> labels) {
        return Lifetime.of(rules.lifetime(), tags, labels).end();
    }

    private boolean databaseRuns(String stack) {
        return belongings.stream()
                .anyMatch(belonging -> belonging.kind() == Belonging.Kind.DATABASE
                        && belonging.stack().equals(stack)
                        && isOurs(belonging)
                        && belonging.condition().startsWith("available"));
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
        var destroyed = verdicts(answer, now).stream()
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
