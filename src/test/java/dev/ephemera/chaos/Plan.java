package dev.ephemera.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The lives of one round's pull requests, side by side, which follow from the seed and the round's number alone. When exactly a
 * fault comes is a share of what such a command takes on the machine that it runs on.
 */
record Plan(List<Life> lives) {
    /** One number begins as another does: a name's prefix is no owner. */
    private static final List<Integer> NUMBERS = List.of(7, 71);

    private static final int MOST_STEPS = 5;
    private static final double WITH_A_FAULT = 0.85;
    private static final double TWICE = 0.15;
    private static final double INSIDE_A_RESTORE = 0.5;

    /** A pull request from its opening on. It may be open at the end. */
    record Life(int number, List<Step> steps) {}

    /**
     * Something that happens, and what goes wrong with its run.
     *
     * @param twice whether the event comes twice at once
     * @param insideARestore whether the fault waits until a database is being restored
     * @param when the fault comes: a share of the time that such a run takes
     * @param extent how bad it is, from 0 to 1: how many answers, how long
     */
    record Step(
            Event event, boolean twice, Optional<Fault> fault, boolean insideARestore, double when, double extent) {}

    static Plan of(long seed, int round) {
        var random = new Random(seed * 1_000_003 + round);
        var faults = new Deck(seed, round);
        return new Plan(NUMBERS.stream()
                .map(number -> new Life(number, steps(random, faults)))
                .toList());
    }

    int faults() {
        return (int) lives.stream()
                .flatMap(life -> life.steps().stream())
                .filter(step -> step.fault().isPresent())
                .count();
    }

    private static List<Step> steps(Random random, Deck faults) {
        var steps = new ArrayList<Step>();
        var open = true;
        var event = Event.OPEN;
        var count = 2 + random.nextInt(MOST_STEPS - 1);
        for (var each = 0; each < count; each++) {
            var step = step(event, random, faults);
            steps.add(step);
            open = (open || event == Event.REOPEN)
                    && event != Event.CLOSE
                    && step.fault().filter(Fault.CLOSE_LOST::equals).isEmpty();
            event = next(open, random.nextDouble());
        }
        return List.copyOf(steps);
    }

    private static Event next(boolean open, double chance) {
        if (!open) {
            return chance < 0.7 ? Event.REOPEN : Event.REAP;
        }
        if (chance < 0.35) {
            return Event.PUSH;
        }
        if (chance < 0.65) {
            return Event.CLOSE;
        }
        if (chance < 0.78) {
            return Event.SLEEP;
        }
        return chance < 0.86 ? Event.WAKE : Event.REAP;
    }

    private static Step step(Event event, Random random, Deck faults) {
        var fault = random.nextDouble() < WITH_A_FAULT ? Optional.of(faults.next(event)) : Optional.<Fault>empty();
        var restores = event == Event.OPEN || event == Event.REOPEN;
        return new Step(
                event,
                random.nextDouble() < TWICE,
                fault,
                restores
                        && fault.filter(Fault::canWaitForARestore).isPresent()
                        && random.nextDouble() < INSIDE_A_RESTORE,
                random.nextDouble(),
                random.nextDouble());
    }

    /** All kinds in a random order, before one comes again; rounds that follow each other begin in different places. */
    private static final class Deck {
        private final List<Fault> order = new ArrayList<>(List.of(Fault.values()));

        Deck(long seed, int round) {
            Collections.shuffle(order, new Random(seed));
            Collections.rotate(order, -round * MOST_STEPS);
        }

        Fault next(Event event) {
            var fault = order.stream()
                    .filter(each -> each.canHit(event))
                    .findFirst()
                    .orElseThrow();
            order.remove(fault);
            order.add(fault);
            return fault;
        }
    }
}
