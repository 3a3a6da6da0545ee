package dev.ephemera.chaos;

import dev.ephemera.chaos.Plan.Life;
import dev.ephemera.chaos.Plan.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The lives of one plan, side by side; then faults end, the reaper comes twice at most, and what is left is judged. A round
 * begins and ends with nothing, so that none has to know of another.
 */
final class Round {
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(6);
    private static final Duration LONGEST_ORPHAN = Duration.ofMinutes(2);
    private static final int MOST_REAPS = 2;
    private static final Map<String, Integer> ONCE = Map.of("namespace", 1, "database", 1);

    private final Playground playground;
    private final Checker checker;
    private final ForgeFile forge;
    private final Injector injector;
    private final Overlaps overlaps;
    private final Consumer<String> tell;
    private final Tally tally;

    private final Map<Integer, Fault> last = new ConcurrentHashMap<>();
    private final Map<Integer, Long> closed = new ConcurrentHashMap<>();
    /** What there was of open pull requests when they were last up. */
    private final Map<Integer, Set<Thing>> up = new ConcurrentHashMap<>();

    private final Map<String, Duration> usual = new ConcurrentHashMap<>(Map.of(
            "up", Duration.ofSeconds(30),
            "destroy", Duration.ofSeconds(18),
            "reap", Duration.ofSeconds(10),
            "sleep", Duration.ofSeconds(8),
            "wake", Duration.ofSeconds(8)));

    Round(
            Playground playground,
            Checker checker,
            ForgeFile forge,
            Injector injector,
            Overlaps overlaps,
            Consumer<String> tell,
            long seed) {
        this.playground = playground;
        this.checker = checker;
        this.forge = forge;
        this.injector = injector;
        this.overlaps = overlaps;
        this.tell = tell;
        this.tally = new Tally(seed);
    }

    /** What it has counted. */
    Tally run(Plan plan) {
        var lives = plan.lives().stream()
                .map(life -> CompletableFuture.runAsync(() -> live(life), task -> new Thread(task).start()))
                .toList();
        lives.forEach(CompletableFuture::join);
        injector.awaitOrphans(LONGEST_ORPHAN);
        var numbers = new TreeSet<Integer>();
        plan.lives().forEach(life -> numbers.add(life.number()));
        reapAndJudge(numbers);
        for (var number : numbers) {
            if (forge.isOpen(number)) {
                bringUpAgain(number);
                close(number);
            }
        }
        reapAndJudge(numbers);
        numbers.forEach(number -> overlaps.take(number)
                .ifPresent(two -> tally.lostState(
                        Optional.ofNullable(last.get(number)),
                        "pr-%d was changed by two at once: %s".formatted(number, two))));
        return tally;
    }

    private void live(Life life) {
        for (var step : life.steps()) {
            live(life.number(), step);
        }
    }

    private void live(int number, Step step) {
        var event = step.event();
        if (event == Event.OPEN || event == Event.REOPEN) {
            closed.remove(number);
            forge.open(number);
        } else if (event == Event.PUSH) {
            forge.push(number);
        } else if (event == Event.CLOSE) {
            close(number);
        }
        var words = words(event, number, answer(step, number));
        var restores = playground.aws().restores(number);
        var runs = new ArrayList<>(List.of(playground.ephemera(words)));
        if (step.twice()) {
            runs.add(playground.ephemera(words));
        }
        var outcome = step.fault().map(fault -> injector.inject(step, number, runs, restores, usual.get(event.verb())));
        if (step.fault().filter(Fault.CLOSE_LOST::equals).isPresent()
                && outcome.get().hit()) {
            closedNow(number);
        }
        var succeeded = runs.stream().filter(run -> ended(run, number)).count();
        outcome.ifPresent(each -> {
            each.afterwards().run();
            tally.injected(step.fault().get(), each.hit(), each.insideARestore());
            if (each.hit()) {
                last.put(number, step.fault().get());
            }
        });
        tell.accept("  pr-%d: %s%s%s, %d of %d succeeded after %d s; %s"
                .formatted(
                        number,
                        event.name().toLowerCase(java.util.Locale.ROOT),
                        step.twice() ? " twice" : "",
                        step.fault()
                                .map(fault -> ", " + fault.description()
                                        + (outcome.get().insideARestore() ? ", inside a restore" : "")
                                        + (outcome.get().hit() ? "" : " (missed)"))
                                .orElse(""),
                        succeeded,
                        runs.size(),
                        runs.get(0).age().toSeconds(),
                        runs.get(0).log().getFileName()));
        if (step.fault().isEmpty() && !step.twice() && succeeded == 1) {
            usual.put(event.verb(), runs.get(0).age());
        }
        if (event.deploys() && succeeded == runs.size() && forge.isOpen(number)) {
            rememberUp(number);
        }
        noteWhetherNothingIsLeft(number);
    }

    private Path answer(Step step, int number) {
        return step.fault()
                .flatMap(fault -> switch (fault) {
                    case FORGE_ERROR -> Optional.of(forge.nonsense());
                    case FORGE_PARTIAL -> Optional.of(forge.partial(number));
                    default -> Optional.<Path>empty();
                })
                .orElseGet(forge::write);
    }

    static List<String> words(Event event, int number, Path forge) {
        var words = new ArrayList<>(List.of(event.verb()));
        if (event == Event.REAP) {
            words.addAll(List.of("--yes", "--timeout", "2m"));
        } else {
            words.addAll(List.of("--pull-request", String.valueOf(number), "--timeout", "3m"));
        }
        if (event.runsTheEngine()) {
            words.addAll(List.of("--forge", "file:" + forge));
        }
        return words;
    }

    private void close(int number) {
        forge.close(number);
        closedNow(number);
    }

    private void closedNow(int number) {
        up.remove(number);
        closed.put(number, System.nanoTime());
    }

    private boolean ended(Running run, int number) {
        tally.ran();
        var code = run.await(LONGEST_COMMAND);
        if (code.isEmpty()) {
            tally.lostState(
                    Optional.ofNullable(last.get(number)),
                    "a command of pr-%d did not end in %d s: %s"
                            .formatted(number, LONGEST_COMMAND.toSeconds(), run.log()));
        }
        return code.stream().anyMatch(each -> each == 0);
    }

    /** The clouds may not answer now: the other life may have stopped them. */
    private void rememberUp(int number) {
        try {
            up.put(number, new HashSet<>(things(number)));
        } catch (RuntimeException e) {
            tell.accept("  pr-%d: not looked at, %s".formatted(number, e.getMessage()));
        }
    }

    /** What of an environment stays the same as long as it lives. */
    private List<Thing> things(int number) {
        return checker.of(number).stream()
                .filter(thing -> ONCE.containsKey(thing.kind()))
                .toList();
    }

    private void noteWhetherNothingIsLeft(int number) {
        var since = closed.get(number);
        if (since == null) {
            return;
        }
        try {
            if (checker.of(number).isEmpty() && closed.remove(number, since)) {
                tally.converged((System.nanoTime() - since) / 1e9);
            }
        } catch (RuntimeException e) {
            tell.accept("  pr-%d: not looked at, %s".formatted(number, e.getMessage()));
        }
    }

    private void reapAndJudge(Set<Integer> numbers) {
        for (var pass = 1; pass <= MOST_REAPS; pass++) {
            var reap = playground.ephemera(words(Event.REAP, 0, forge.write()));
            ended(reap, 0);
            numbers.forEach(this::noteWhetherNothingIsLeft);
            var left = checker.leaks(forge::isOpen);
            tell.accept("  reap %d took %d s, left: %s; %s"
                    .formatted(pass, reap.age().toSeconds(), left, reap.log().getFileName()));
            if (left.isEmpty()) {
                break;
            }
        }
        new Verdicts(checker, tally, last).judge(forge, up);
    }

    /** Without faults and by itself: an open pull request whose next update does not succeed is lost. */
    private void bringUpAgain(int number) {
        forge.push(number);
        var run = playground.ephemera(words(Event.PUSH, number, forge.write()));
        var succeeded = ended(run, number);
        var counts = new TreeMap<String, Integer>();
        things(number).forEach(thing -> counts.merge(thing.kind(), 1, Integer::sum));
        tell.accept("  pr-%d: comes up again: %s after %d s, %s; %s"
                .formatted(
                        number,
                        succeeded,
                        run.age().toSeconds(),
                        counts,
                        run.log().getFileName()));
        if (!succeeded || !counts.equals(ONCE)) {
            tally.lostState(
                    Optional.ofNullable(last.get(number)),
                    "pr-%d does not come up again, or not once: %s, %s".formatted(number, counts, run.log()));
        }
    }
}
