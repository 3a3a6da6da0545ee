package dev.ephemera.chaos;

import dev.ephemera.chaos.Plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Makes things go wrong while a command runs, and says whether that hit it. */
final class Injector implements AutoCloseable {
    private static final Duration UNTIL_THERE = Duration.ofSeconds(30);
    private static final Duration LONGEST_RESTORE = Duration.ofMinutes(2);
    private static final Set<String> UPDATES = Set.of("up", "destroy");
    private static final int MOST_CALLS = 20;
    private static final int MOST_LOST_ANSWERS = 3;
    private static final int LONGEST_HOLD_SECONDS = 15;
    /** What a write is told where a file may not be changed. */
    private static final String NOT_PERMITTED = "operation not permitted";

    private final Playground playground;
    private final ForgeFile forge;
    private final Set<ProcessHandle> orphans = ConcurrentHashMap.newKeySet();
    private final Object apiServer = new Object();
    private final Set<Path> unchangeable = ConcurrentHashMap.newKeySet();
    private final Thread lift = new Thread(this::liftAll);

    /**
     * What became of a fault.
     *
     * @param afterwards to be done when the command has ended
     */
    record Outcome(boolean hit, boolean insideARestore, Runnable afterwards) {}

    Injector(Playground playground, ForgeFile forge) {
        this.playground = playground;
        this.forge = forge;
        // Whoever ends this run must not find an API server that stands still, or files that cannot be deleted.
        Runtime.getRuntime().addShutdownHook(lift);
    }

    /**
     * Waits for its moment, and does it.
     *
     * @param restoresBefore how many restores had begun before the command
     * @param usual how long such a command takes
     */
    Outcome inject(Step step, int number, List<Running> runs, int restoresBefore, Duration usual) {
        var first = runs.get(0);
        var fault = step.fault().orElseThrow();
        if (fault == Fault.FORGE_ERROR || fault == Fault.FORGE_PARTIAL) {
            // It was given a broken answer from the start, and asks before it does anything.
            return new Outcome(true, false, () -> {});
        }
        var inside = step.insideARestore()
                && first.whileItRuns(LONGEST_RESTORE, () -> playground.aws().restores(number) > restoresBefore);
        if (!step.insideARestore()) {
            var moment = Duration.ofMillis((long) (usual.toMillis() * step.when()));
            first.whileItRuns(moment, () -> false);
        }
        // Of two at once, the one whose turn it is.
        var running = runs.stream()
                .filter(each -> each.isAlive() && each.started(process -> true).isPresent())
                .findFirst()
                .orElse(first);
        if (!running.isAlive()) {
            return new Outcome(false, false, () -> {});
        }
        var afterwards = new Runnable[] {() -> {}};
        boolean hit = switch (fault) {
            case KILLED_WRAPPER -> kill(running, List.of(running.itself()));
            case KILLED_ENGINE -> killed(runs, Injector::isAnUpdate);
            case KILLED_PROGRAM -> killed(runs, Injector::isTheProgram);
            case KILLED_KUBERNETES_PROVIDER -> killed(runs, named("pulumi-resource-kubernetes"));
            case KILLED_ALL -> kill(running, running.family());
            case KILLED_AWS_PROVIDER -> killedAwsProvider(running);
            case ASKED_TO_END -> running.itself().destroy();
            case ANSWER_LOST -> armed(fault, running, 1 + (int) (step.extent() * MOST_LOST_ANSWERS));
            case THROTTLED, REFUSED, DELAYED -> armed(fault, running, 1 + (int) (step.extent() * MOST_CALLS));
            case API_SERVER_PAUSED -> apiServerPaused(running, hold(step));
            case STATE_REFUSED -> stateRefused(running, number, hold(step));
            case DEAD_OWNER -> {
                var kept = new HashMap<Path, byte[]>();
                afterwards[0] = () -> putBack(kept);
                yield running.whileItRuns(UNTIL_THERE, () -> keepLease(number, kept));
            }
            case CLOSE_LOST -> {
                forge.close(number);
                yield true;
            }
            case FORGE_ERROR, FORGE_PARTIAL -> throw new IllegalStateException("dealt with above");
        };
        return new Outcome(hit, hit && inside, afterwards[0]);
    }

    private static Duration hold(Step step) {
        return Duration.ofMillis(2000 + (long) (step.extent() * LONGEST_HOLD_SECONDS * 1000));
    }

    private static Predicate<ProcessHandle> named(String program) {
        return process -> process.info()
                .command()
                .filter(each -> each.endsWith("/" + program))
                .isPresent();
    }

    /** Not one that only reads. */
    private static boolean isAnUpdate(ProcessHandle process) {
        return named("pulumi").test(process)
                && process.info()
                        .arguments()
                        .filter(words -> List.of(words).stream().anyMatch(UPDATES::contains))
                        .isPresent();
    }

    /** Not the short one before it, which is asked for the packages and may as well not answer. */
    private static boolean isTheProgram(ProcessHandle process) {
        return named("java").test(process)
                && process.info()
                        .arguments()
                        .filter(words -> List.of(words).contains("-jar"))
                        .isPresent();
    }

    /** Of two at once, in the one that comes to have it. */
    private boolean killed(List<Running> runs, Predicate<ProcessHandle> program) {
        return runs.stream()
                .anyMatch(running -> running.whileItRuns(
                                UNTIL_THERE, () -> running.started(program).isPresent())
                        && running.started(program)
                                .filter(each -> kill(running, List.of(each)))
                                .isPresent());
    }

    private boolean kill(Running running, List<ProcessHandle> victims) {
        var isAlive = running.isAlive();
        orphans.addAll(running.family());
        victims.forEach(ProcessHandle::destroyForcibly);
        return isAlive;
    }

    private boolean killedAwsProvider(Running running) {
        var isUsed = running.whileItRuns(
                UNTIL_THERE, () -> running.started(Injector::isAnUpdate).isPresent());
        playground.killProvider();
        return isUsed;
    }

    private boolean armed(Fault fault, Running running, int calls) {
        var armed = playground.aws().arm(fault, calls);
        running.whileItRuns(LONGEST_RESTORE, armed::isUsedUp);
        playground.aws().disarm(armed);
        return armed.hits() > 0;
    }

    private boolean apiServerPaused(Running running, Duration hold) {
        synchronized (apiServer) {
            var isAlive = running.isAlive();
            signal("-STOP", playground.apiServer());
            try {
                running.whileItRuns(hold, () -> false);
            } finally {
                signal("-CONT", playground.apiServer());
            }
            return isAlive;
        }
    }

    private boolean stateRefused(Running running, int number, Duration hold) {
        var file = playground.state().resolve(".pulumi/stacks/shop/pr-%d.json".formatted(number));
        if (!running.whileItRuns(UNTIL_THERE, () -> Files.exists(file))) {
            return false;
        }
        unchangeable.add(file);
        run("chattr", "+i", file.toString());
        try {
            running.whileItRuns(hold, () -> false);
        } finally {
            changeable(file);
        }
        return running.said(NOT_PERMITTED);
    }

    private void changeable(Path file) {
        run("chattr", "-i", file.toString());
        unchangeable.remove(file);
    }

    private boolean keepLease(int number, Map<Path, byte[]> kept) {
        var stack = "pr-" + number;
        var lease = playground.state().resolve(".ephemera/leases/shop/" + stack + ".json");
        keep(lease, kept);
        var locks = playground.state().resolve(".pulumi/locks/organization/shop/" + stack);
        if (Files.isDirectory(locks)) {
            try (var files = Files.list(locks)) {
                files.forEach(file -> keep(file, kept));
            } catch (IOException | UncheckedIOException e) {
                return false;
            }
        }
        // Both, where the command comes to the engine: the lease alone is met by every other fault that kills.
        return kept.containsKey(lease) && kept.size() > 1;
    }

    private static void keep(Path file, Map<Path, byte[]> kept) {
        try {
            var bytes = Files.readAllBytes(file);
            if (bytes.length > 0) {
                kept.put(file, bytes);
            }
        } catch (IOException e) {
            // It is given back at this moment.
        }
    }

    private static void putBack(Map<Path, byte[]> kept) {
        kept.forEach((file, bytes) -> {
            try {
                Files.createDirectories(file.getParent());
                if (!Files.exists(file)) {
                    Files.write(file, bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Waits until whatever lives of commands that were killed has ended; what does not end in time is killed. */
    void awaitOrphans(Duration longest) {
        var end = System.nanoTime() + longest.toNanos();
        while (orphans.stream().anyMatch(Injector::runs) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        orphans.stream().filter(Injector::runs).forEach(ProcessHandle::destroyForcibly);
        orphans.clear();
    }

    /** One that nobody has asked how it ended counts as alive, but has no command any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private void liftAll() {
        signal("-CONT", playground.apiServer());
        unchangeable.forEach(this::changeable);
    }

    private static void signal(String signal, long process) {
        run("kill", signal, String.valueOf(process));
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        liftAll();
        Runtime.getRuntime().removeShutdownHook(lift);
    }
}
