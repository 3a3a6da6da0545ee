package dev.ephemera.chaos;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** What is said of clouds and state when the reaper has done what it can. */
final class Verdicts {
    private static final Pattern NUMBER = Pattern.compile("pr-(\\d+)");

    private final Checker checker;
    private final Tally tally;
    private final Map<Integer, Fault> last;

    /**
     * Prepares it.
     *
     * @param last what hit each pull request's commands last
     */
    Verdicts(Checker checker, Tally tally, Map<Integer, Fault> last) {
        this.checker = checker;
        this.tally = tally;
        this.last = last;
    }

    /**
     * Counts what is left and what is missing; neither is counted again.
     *
     * @param up what there was of pull requests that are open when they were last up
     */
    void judge(ForgeFile forge, Map<Integer, Set<Thing>> up) {
        var found = false;
        for (var thing : checker.leaks(forge::isOpen)) {
            tally.leak(lastFor(thing), thing.toString());
            found = true;
        }
        for (var thing : checker.missing()) {
            tally.wrongDeletion(lastFor(thing), thing.toString());
            found = true;
        }
        for (var each : up.entrySet()) {
            if (forge.isOpen(each.getKey())) {
                var now = new HashSet<>(checker.of(each.getKey()));
                each.getValue().stream()
                        .filter(thing -> !now.contains(thing))
                        .forEach(thing -> tally.wrongDeletion(
                                Optional.ofNullable(last.get(each.getKey())), "of an open pull request: " + thing));
                each.getValue().retainAll(now);
            }
        }
        if (found) {
            // Where an environment is up it is no leak later either way: rounds end with none.
            checker.rememberAllBut(forge::isOpen);
        }
    }

    private Optional<Fault> lastFor(Thing thing) {
        var number = NUMBER.matcher(thing.name());
        var whose = thing.owner().isPresent()
                ? thing.owner()
                : number.find() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
        return whose.isPresent() ? Optional.ofNullable(last.get(whose.getAsInt())) : Optional.empty();
    }
}
