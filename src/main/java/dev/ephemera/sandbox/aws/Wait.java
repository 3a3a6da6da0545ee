package dev.ephemera.sandbox.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Waits for a state as the official provider does: a delay, then a look at intervals, until the state was seen as often
 * in a row as wanted. A look that repeats the wanted state, or that still finds nothing, keeps the interval it had; the
 * first one is a tenth of a second.
 *
 * @param delay before the first look
 * @param interval between two looks
 * @param answers how many in a row have to agree
 * @param pending states in which waiting makes sense; any state outside both sets ends the wait
 * @param target the wanted states; empty means that the thing has to be gone
 */
record Wait(Duration delay, Duration interval, int answers, Set<String> pending, Set<String> target) {
    private static final Duration FIRST_INTERVAL = Duration.ofMillis(100);
    private static final int TOLERATED_ABSENCES = 20;

    /** Returns what the last look found; empty where the thing is gone and that was wanted. */
    <T> Optional<T> until(
            Operation operation, Deadline deadline, Supplier<Optional<T>> look, Function<T, String> state) {
        var gap = FIRST_INTERVAL;
        var agreeing = 0;
        var absences = 0;
        var lastState = "";
        pause(operation, deadline, delay, lastState);
        while (true) {
            var found = look.get();
            if (found.isEmpty() && target.isEmpty()) {
                if (++agreeing == answers) {
                    return found;
                }
            } else if (found.isEmpty()) {
                agreeing = 0;
                if (++absences > TOLERATED_ABSENCES) {
                    throw new WaitFailure("couldn't find resource (" + absences + " retries)");
                }
                gap = interval;
            } else {
                lastState = state.apply(found.get());
                if (target.contains(lastState)) {
                    if (++agreeing == answers) {
                        return found;
                    }
                } else if (pending.contains(lastState)) {
                    agreeing = 0;
                } else {
                    throw new WaitFailure("unexpected state '" + lastState + "', wanted target '" + targets() + "'");
                }
                gap = interval;
            }
            pause(operation, deadline, gap, lastState);
        }
    }

    private void pause(Operation operation, Deadline deadline, Duration official, String lastState) {
        var time = operation.pace().scaled(official);
        var left = deadline.left();
        operation.cancellation().pause(time.compareTo(left) < 0 ? time : left);
        if (time.compareTo(left) >= 0) {
            throw new WaitFailure("timeout while waiting for " + goal() + " (last state: '" + lastState + "', timeout: "
                    + Durations.print(deadline.limit()) + ")");
        }
    }

    private String goal() {
        return target.isEmpty() ? "resource to be gone" : "state to become '" + targets() + "'";
    }

    private String targets() {
        return String.join(", ", target.stream().sorted().toList());
    }
}
