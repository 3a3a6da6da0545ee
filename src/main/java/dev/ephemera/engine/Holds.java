package dev.ephemera.engine;

import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.ProjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who holds what of a project's stacks. Only looks: what the dead have left is for the next holder of the lease to take. */
public final class Holds {
    private static final String END = ".json";

    private Holds() {}

    /**
     * All of them.
     *
     * @param environment says who we are: of processes of another machine nothing is known
     * @param runHasEnded whether the CI run at an address has ended for certain
     * @throws Failure when the state's place does not answer
     */
    public static List<Hold> of(
            Objects objects, ProjectName project, Map<String, String> environment, Predicate<String> runHasEnded) {
        var here = Owner.ofThisProcess(environment);
        var leases = StateKeys.leases(project);
        var locks = StateKeys.locks(project);
        return Stream.concat(
                        keys(objects, leases).flatMap(key -> lease(objects, key, leases, here, runHasEnded).stream()),
                        keys(objects, locks).flatMap(key -> lock(objects, key, locks).stream()))
                .toList();
    }

    private static Stream<String> keys(Objects objects, String folder) {
        return objects.list(folder).stream().filter(key -> key.endsWith(END));
    }

    /** Empty when it was given back meanwhile. */
    private static Optional<Hold> lease(
            Objects objects, String key, String folder, Owner here, Predicate<String> runHasEnded) {
        var stack = key.substring(folder.length(), key.length() - END.length());
        return objects.get(key).map(held -> {
            try {
                var owner = LeaseText.parse(held.text(), key).owner();
                var ended =
                        owner.hasEnded(here) || owner.run().filter(runHasEnded).isPresent();
                return new Hold(Hold.Kind.LEASE, stack, owner.toString(), ended ? Hold.State.ENDED : Hold.State.HELD);
            } catch (Failure unreadable) {
                return new Hold(Hold.Kind.LEASE, stack, key, Hold.State.UNREADABLE);
            }
        });
    }

    private static Optional<Hold> lock(Objects objects, String key, String folder) {
        var stack = key.substring(folder.length()).replaceFirst("/.*", "");
        return objects.get(key)
                .map(held -> new Hold(
                        Hold.Kind.LOCK,
                        stack,
                        EngineLocks.owner(held.text()),
                        EngineLocks.isOfTheDead(held.text()) ? Hold.State.ENDED : Hold.State.HELD));
    }
}
