package dev.ephemera.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The forge of a run, and the answers of it that are broken. Only the sound one is the truth. */
final class ForgeFile {
    /** It is open all the time and has no environment, so that a whole answer is never empty. */
    private static final int BYSTANDER = 1;

    private final Path directory;
    private final Map<Integer, Integer> heads = new TreeMap<>();
    private final Map<Integer, Boolean> open = new TreeMap<>();
    private int broken;

    ForgeFile(Path directory) {
        this.directory = directory;
        open.put(BYSTANDER, true);
        write();
    }

    synchronized void open(int number) {
        open.put(number, true);
        push(number);
    }

    synchronized void push(int number) {
        heads.merge(number, 1, Integer::sum);
        write();
    }

    synchronized void close(int number) {
        open.put(number, false);
        write();
    }

    synchronized boolean isOpen(int number) {
        return open.getOrDefault(number, false);
    }

    synchronized String head(int number) {
        return "%040x".formatted(number * 1000L + heads.getOrDefault(number, 0));
    }

    Path file() {
        return directory.resolve("forge.json");
    }

    /** As of now: an answer that is old is not believed. */
    synchronized Path write() {
        return write(file(), json(true, -1));
    }

    /** An answer that breaks off. */
    synchronized Path nonsense() {
        var whole = json(true, -1);
        return write(next(), whole.substring(0, whole.length() / 2));
    }

    /** One page of two; {@code missing} is on the other. */
    synchronized Path partial(int missing) {
        return write(next(), json(false, missing));
    }

    /** What a reaper would see that takes one page for all. */
    synchronized Path partialAndTakenForWhole(int missing) {
        return write(next(), json(true, missing));
    }

    private Path next() {
        return directory.resolve("forge-broken-%d.json".formatted(++broken));
    }

    private String json(boolean complete, int missing) {
        return open.entrySet().stream()
                .filter(each -> each.getKey() != missing)
                .map(each -> """
                        {"number": %d, "state": "%s", "head": "%s", "branch": "feat/%d", "author": "ann", "labels": [], "fork": false}""".formatted(
                                each.getKey(), each.getValue() ? "open" : "closed", head(each.getKey()), each.getKey()))
                .collect(Collectors.joining(
                        ",\n",
                        "{\"complete\": %s, \"asOf\": \"%s\", \"pullRequests\": [\n".formatted(complete, Instant.now()),
                        "]}\n"));
    }

    /** Whole or not at all: a command may read it at any time. */
    private static Path write(Path file, String text) {
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, text);
            return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
