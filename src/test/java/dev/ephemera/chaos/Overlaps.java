package dev.ephemera.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Watches for two updates of one stack at the same time: what they leave is chance, so that they ran at all is the finding. */
final class Overlaps implements AutoCloseable {
    private static final Set<String> CHANGING = Set.of("up", "destroy", "import");
    private static final long LOOK_EVERY_MILLIS = 400;

    private final Path checkout;
    private final Map<Integer, String> seen = new ConcurrentHashMap<>();
    private final Thread watch = new Thread(this::watch, "overlaps");

    Overlaps(Path checkout) {
        this.checkout = checkout;
        watch.setDaemon(true);
        watch.start();
    }

    /** Which two; empty when there were none since this was asked last. */
    Optional<String> take(int number) {
        return Optional.ofNullable(seen.remove(number));
    }

    boolean saw(int number) {
        return seen.containsKey(number);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var running = new HashMap<Integer, String>();
        ProcessHandle.allProcesses()
                .forEach(process -> update(process).ifPresent(update -> {
                    var other = running.put(update.getKey(), update.getValue());
                    if (other != null) {
                        seen.put(update.getKey(), other + " and " + update.getValue());
                    }
                }));
    }

    /** Whose stack it changes, where it is an engine of this run's. */
    private Optional<Map.Entry<Integer, String>> update(ProcessHandle process) {
        var words = process.info().arguments().map(Arrays::asList);
        if (process.info().command().filter(each -> each.endsWith("/pulumi")).isEmpty()
                || words.filter(each -> each.stream().anyMatch(CHANGING::contains))
                        .isEmpty()
                || !isOurs(process.pid())) {
            return Optional.empty();
        }
        return words.get().stream()
                .filter(each -> each.matches("pr-\\d+"))
                .findFirst()
                .map(stack -> Map.entry(Integer.valueOf(stack.substring(3)), String.join(" ", words.get())));
    }

    private boolean isOurs(long process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process), "cwd"))
                    .startsWith(checkout.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
