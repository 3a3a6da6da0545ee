package dev.ephemera.doctor;

import dev.ephemera.engine.Backend;
import dev.ephemera.engine.Hold;
import dev.ephemera.engine.Holds;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.StackTagStore;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.model.StackTags;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What killed runs have left beside the state, and environments of which nobody knows how old they are. */
final class StackChecks {
    private static final String HOLDS = "leases, locks";
    private static final String TAGS = "stack tags";

    private final Findings findings;
    private final Pulumi pulumi;
    private final Map<String, String> environment;
    private final Optional<Forge> forge;

    StackChecks(Findings findings, Pulumi pulumi, Map<String, String> environment, Optional<Forge> forge) {
        this.findings = findings;
        this.pulumi = pulumi;
        this.environment = environment;
        this.forge = forge;
    }

    void all(ProjectName project) {
        findings.ask(HOLDS, () -> held(project)).ifPresent(findings::addAll);
        findings.ask(TAGS, () -> tags(project)).ifPresent(tags -> findings.add(tags(tags)));
    }

    /** None where a backend is reached through Pulumi only: what it has of these is its own. */
    private List<Finding> held(ProjectName project) {
        var objects = Backend.objects(pulumi, environment);
        if (objects.isEmpty()) {
            return List.of();
        }
        try (var beside = objects.get()) {
            return holds(Holds.of(beside, project, environment, this::hasEnded));
        }
    }

    private boolean hasEnded(String run) {
        try {
            return forge.filter(asked -> asked.hasEnded(run)).isPresent();
        } catch (Failure unknown) {
            // That the forge does not answer is a finding of its own.
            return false;
        }
    }

    private Map<String, StackTags> tags(ProjectName project) {
        var tags = new TreeMap<>(StackTagStore.all(pulumi, environment, project));
        tags.keySet().removeIf(stack -> StackName.find(stack).isEmpty());
        return tags;
    }

    static List<Finding> holds(List<Hold> holds) {
        var findings = new ArrayList<Finding>();
        for (var hold : holds) {
            switch (hold.state()) {
                case ENDED ->
                    findings.add(Finding.warning(
                            HOLDS,
                            "the %s of %s is that of %s, which has ended"
                                    .formatted(hold.kind(), hold.stack(), hold.owner()),
                            "nothing: the next verb on it takes it over and mends what was left"));
                case UNREADABLE ->
                    findings.add(Finding.fault(
                            HOLDS,
                            Exit.LOCKED,
                            "the %s of %s is none that was written whole".formatted(hold.kind(), hold.stack()),
                            "look whether somebody works on it, and delete %s beside the state"
                                    .formatted(hold.owner())));
                case HELD ->
                    findings.add(Finding.ok(
                            HOLDS, "%s works on %s (%s)".formatted(hold.owner(), hold.stack(), hold.kind())));
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok(HOLDS, "nobody works on a stack")) : List.copyOf(findings);
    }

    static Finding tags(Map<String, StackTags> tags) {
        var without = tags.entrySet().stream()
                .filter(stack ->
                        stack.getValue().instant(StackTags.LAST_ACTIVITY).isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return without.isEmpty()
                ? Finding.ok(TAGS, "%d environments, each says when something happened last".formatted(tags.size()))
                : Finding.warning(
                        TAGS,
                        "%s: nobody can tell when something happened last, so they do not end by age"
                                .formatted(without),
                        "bring them up by `ci/ephemera up`, which writes it down, or destroy them");
    }
}
