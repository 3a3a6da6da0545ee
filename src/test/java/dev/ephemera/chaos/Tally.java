package dev.ephemera.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run has counted so far. A file of it is all that a run needs to be gone on with. */
final class Tally {
    /** What no fault was before. */
    private static final String NO_FAULT = "none";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Counts> kinds = new TreeMap<>();
    private final List<Double> seconds = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final long seed;
    private int rounds;
    private int commands;

    /** What is counted for each kind of fault; things found are counted for the last fault before them. */
    static final class Counts {
        int injected;
        int hit;
        int insideARestore;
        int leaks;
        int wrongDeletions;
        int lostStates;

        private boolean isClean() {
            return leaks == 0 && wrongDeletions == 0 && lostStates == 0;
        }
    }

    Tally(long seed) {
        this.seed = seed;
    }

    /**
     * Reads it, where there is one.
     *
     * @throws IllegalArgumentException when it is of another seed: its rounds would not be this run's
     */
    static Tally read(Path file, long seed) {
        var tally = new Tally(seed);
        if (!Files.exists(file)) {
            return tally;
        }
        try {
            var node = JSON.readTree(file.toFile());
            if (node.path("seed").asLong() != seed) {
                throw new IllegalArgumentException("%s is of seed %s, got --seed %d; take that seed, or another file"
                        .formatted(file, node.path("seed").asText(), seed));
            }
            tally.rounds = node.path("rounds").asInt();
            tally.commands = node.path("commands").asInt();
            node.path("secondsFromCloseToNothingLeft").forEach(each -> tally.seconds.add(each.asDouble()));
            node.path("findings").forEach(each -> tally.findings.add(each.asText()));
            node.path("kinds").properties().forEach(kind -> {
                var counts = tally.counts(kind.getKey());
                var value = kind.getValue();
                counts.injected = value.path("injected").asInt();
                counts.hit = value.path("hit").asInt();
                counts.insideARestore = value.path("insideARestore").asInt();
                counts.leaks = value.path("leaks").asInt();
                counts.wrongDeletions = value.path("wrongDeletions").asInt();
                counts.lostStates = value.path("lostStates").asInt();
            });
            return tally;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Written whole or not at all: a run may be killed at any time. */
    synchronized void write(Path file) {
        var node =
                JSON.createObjectNode().put("seed", seed).put("rounds", rounds).put("commands", commands);
        var times = node.putArray("secondsFromCloseToNothingLeft");
        seconds.forEach(times::add);
        var texts = node.putArray("findings");
        findings.forEach(texts::add);
        ObjectNode all = node.putObject("kinds");
        kinds.forEach((kind, counts) -> all.putObject(kind)
                .put("injected", counts.injected)
                .put("hit", counts.hit)
                .put("insideARestore", counts.insideARestore)
                .put("leaks", counts.leaks)
                .put("wrongDeletions", counts.wrongDeletions)
                .put("lostStates", counts.lostStates));
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what one round has counted. */
    synchronized void add(Tally round) {
        rounds++;
        commands += round.commands;
        seconds.addAll(round.seconds);
        findings.addAll(round.findings);
        round.kinds.forEach((kind, counts) -> {
            var sum = counts(kind);
            sum.injected += counts.injected;
            sum.hit += counts.hit;
            sum.insideARestore += counts.insideARestore;
            sum.leaks += counts.leaks;
            sum.wrongDeletions += counts.wrongDeletions;
            sum.lostStates += counts.lostStates;
        });
    }

    synchronized void ran() {
        commands++;
    }

    synchronized void injected(Fault fault, boolean hit, boolean insideARestore) {
        var counts = counts(fault.key());
        counts.injected++;
        counts.hit += hit ? 1 : 0;
        counts.insideARestore += hit && insideARestore ? 1 : 0;
    }

    synchronized void leak(Optional<Fault> last, String what) {
        found(last, "leak: " + what).leaks++;
    }

    synchronized void wrongDeletion(Optional<Fault> last, String what) {
        found(last, "wrong deletion: " + what).wrongDeletions++;
    }

    synchronized void lostState(Optional<Fault> last, String what) {
        found(last, "lost state: " + what).lostStates++;
    }

    synchronized void converged(double secondsFromClose) {
        seconds.add(secondsFromClose);
    }

    private Counts found(Optional<Fault> last, String what) {
        var kind = last.map(Fault::key).orElse(NO_FAULT);
        findings.add("%s (after: %s)".formatted(what, kind));
        return counts(kind);
    }

    private Counts counts(String kind) {
        return kinds.computeIfAbsent(kind, key -> new Counts());
    }

    synchronized int rounds() {
        return rounds;
    }

    synchronized int hits() {
        return kinds.values().stream().mapToInt(counts -> counts.hit).sum();
    }

    synchronized boolean isClean() {
        return kinds.values().stream().allMatch(Counts::isClean);
    }

    synchronized List<String> findings() {
        return List.copyOf(findings);
    }

    /** For people, in Markdown. */
    synchronized String table() {
        var text = new StringBuilder(
                "| fault | injected | hit | inside a restore | leaks | wrong deletions | lost states |\n"
                        + "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        var sum = new Counts();
        for (var fault : Fault.values()) {
            row(text, fault.description(), counts(fault.key()), sum);
        }
        row(text, "no fault before it", counts(NO_FAULT), sum);
        row(text, "**all**", sum, new Counts());
        return text.append("\n%d rounds, %d commands. From close to nothing left: %s\n"
                        .formatted(rounds, commands, times()))
                .toString();
    }

    private String times() {
        if (seconds.isEmpty()) {
            return "not measured.";
        }
        var sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "p50 %.0f s, p95 %.0f s, longest %.0f s, of %d.",
                percentile(sorted, 0.5),
                percentile(sorted, 0.95),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }

    /** The smallest value that is not smaller than this share of all. */
    private static double percentile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static void row(StringBuilder text, String name, Counts counts, Counts sum) {
        text.append("| %s | %d | %d | %d | %d | %d | %d |\n"
                .formatted(
                        name,
                        counts.injected,
                        counts.hit,
                        counts.insideARestore,
                        counts.leaks,
                        counts.wrongDeletions,
                        counts.lostStates));
        sum.injected += counts.injected;
        sum.hit += counts.hit;
        sum.insideARestore += counts.insideARestore;
        sum.leaks += counts.leaks;
        sum.wrongDeletions += counts.wrongDeletions;
        sum.lostStates += counts.lostStates;
    }
}
