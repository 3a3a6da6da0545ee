package dev.ephemera.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The reaper, broken from outside: it is given a cloud, a forge or a state that lies, or somebody does after it what it would
 * not do. Nothing in the program can be switched to this.
 */
final class SabotagedReaper {
    private static final int NUMBER = 7;
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(4);
    private static final Duration LONGEST_WAIT_IN_VAIN = Duration.ofSeconds(20);

    private final Playground playground;
    private final Checker checker;
    private final ForgeFile forge;
    private final Overlaps overlaps;
    private final Consumer<String> tell;
    private final Tally tally;

    SabotagedReaper(
            Playground playground,
            Checker checker,
            ForgeFile forge,
            Overlaps overlaps,
            Consumer<String> tell,
            long seed) {
        this.playground = playground;
        this.checker = checker;
        this.forge = forge;
        this.overlaps = overlaps;
        this.tell = tell;
        this.tally = new Tally(seed);
    }

    /** Brings one environment up, lets the broken reaper come, and judges as ever. */
    Tally run(Sabotage sabotage) {
        forge.open(NUMBER);
        var up = Map.<Integer, Set<Thing>>of();
        switch (sabotage) {
            case DATABASES -> {
                ended(up());
                // As when a bucket was emptied: only the clouds know of it now.
                delete(".pulumi");
                forge.close(NUMBER);
                var blind = AwsInFront.withoutDatabases(
                        URI.create(playground.environmentOutside().get("AWS_ENDPOINT_URL")));
                try {
                    ended(playground.ephemera(reap(forge.write()), Map.of("AWS_ENDPOINT_URL", blind.endpoint())));
                } finally {
                    blind.close();
                }
            }
            case PARTIAL -> {
                ended(up());
                up = Map.of(NUMBER, new HashSet<>(checker.of(NUMBER)));
                ended(playground.ephemera(reap(forge.partialAndTakenForWhole(NUMBER))));
            }
            case PREFIX -> {
                ended(up());
                forge.close(NUMBER);
                ended(playground.ephemera(reap(forge.write())));
                deleteByPrefix("shop-pr-" + NUMBER);
            }
            case LEASE -> {
                playground.restoreTime("30s");
                var update = up();
                update.whileItRuns(LONGEST_COMMAND, () -> playground.aws().restores(NUMBER) > 0);
                forge.close(NUMBER);
                var reaper = playground.ephemera(reap(forge.write()));
                reaper.whileItRuns(LONGEST_COMMAND, () -> {
                    // The reaper's own goes too, which it only sees at the end.
                    delete(".ephemera/leases");
                    delete(".pulumi/locks");
                    return !update.isAlive() || overlaps.saw(NUMBER);
                });
                ended(reaper);
                // What it waits for has been deleted under it.
                ended(update, LONGEST_WAIT_IN_VAIN);
            }
        }
        overlaps.take(NUMBER)
                .ifPresent(two -> tally.lostState(
                        Optional.empty(), "pr-%d was changed by two at once: %s".formatted(NUMBER, two)));
        new Verdicts(checker, tally, Map.of()).judge(forge, up);
        return tally;
    }

    private Running up() {
        return playground.ephemera(Round.words(Event.OPEN, NUMBER, forge.write()));
    }

    private static List<String> reap(Path forge) {
        return Round.words(Event.REAP, NUMBER, forge);
    }

    private void ended(Running running) {
        ended(running, LONGEST_COMMAND);
    }

    private void ended(Running running, Duration longest) {
        tally.ran();
        var code = running.await(longest);
        tell.accept("  exit code %s after %d s; %s"
                .formatted(code, running.age().toSeconds(), running.log().getFileName()));
    }

    private void delete(String below) {
        var directory = playground.state().resolve(below);
        if (!Files.isDirectory(directory)) {
            return;
        }
        var doomed = new ArrayList<Path>();
        try (var files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*/pr-%d[./].*".formatted(NUMBER)))
                    .forEach(doomed::add);
            for (var file : doomed) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException | IOException e) {
            // Somebody deletes there too; the next time finds the rest.
            LockSupport.parkNanos(1);
        }
    }

    private void deleteByPrefix(String prefix) {
        checker.rds().describeDBInstances().dbInstances().stream()
                .map(instance -> instance.dbInstanceIdentifier())
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> checker.rds()
                        .deleteDBInstance(
                                request -> request.dbInstanceIdentifier(name).skipFinalSnapshot(true)));
        checker.kubernetes().namespaces().list().getItems().stream()
                .filter(namespace -> namespace.getMetadata().getName().startsWith(prefix))
                .forEach(namespace -> checker.kubernetes().resource(namespace).delete());
    }
}
