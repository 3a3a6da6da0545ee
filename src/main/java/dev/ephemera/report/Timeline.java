package dev.ephemera.report;

import dev.ephemera.engine.Dependencies;
import dev.ephemera.engine.Step;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the time of an update went: a line for each step, and what came after the databases.
 *
 * @param steps what the engine did
 * @param whole from the command's start to its end
 */
public record Timeline(List<Step> steps, Dependencies dependencies, Duration whole) {
    private static final String INSTANCE = "aws:rds/instance:Instance";
    private static final String JOB = "kubernetes:batch/v1:Job";
    private static final int WIDTH = 40;

    /** Several lines of text. */
    public String text() {
        return Stream.concat(
                        steps.stream()
                                .filter(step -> !step.operation().equals("same"))
                                .sorted(Comparator.comparing(Step::begin))
                                .map(this::line),
                        Stream.of("", summary()))
                .collect(Collectors.joining("\n"));
    }

    private String line(Step step) {
        return "%-34s %-14s %s %6.1f s  for %5.1f s%s"
                .formatted(
                        shortened(step.name(), 34),
                        step.operation(),
                        bar(step),
                        seconds(step.begin()),
                        seconds(step.length()),
                        step.failed() ? "  FAILED" : "");
    }

    private String bar(Step step) {
        var from = column(step.begin());
        var to = Math.max(column(step.end()), from + 1);
        return " ".repeat(from) + "=".repeat(to - from) + " ".repeat(Math.max(0, WIDTH + 1 - to));
    }

    private int column(Duration at) {
        return (int) Math.min(WIDTH, at.toNanos() * WIDTH / Math.max(1, whole.toNanos()));
    }

    private String summary() {
        return lastDatabase()
                .map(this::afterDatabase)
                .orElseGet(() -> "%.1f s in all; no database was made".formatted(seconds(whole)));
    }

    private Optional<Step> lastDatabase() {
        return steps.stream()
                .filter(step -> step.type().equals(INSTANCE) && step.operation().startsWith("create"))
                .max(Comparator.comparing(Step::end));
    }

    private String afterDatabase(Step database) {
        var after = whole.minus(database.end());
        var jobs = jobsAfter(database);
        return """
                %.1f s in all; the provider returned database %s after %.1f s
                %.1f s from there to the end: %.1f s of jobs, %.1f s of everything else
                begun after it without need of it: %s""".formatted(
                        seconds(whole),
                        database.name(),
                        seconds(database.end()),
                        seconds(after),
                        seconds(jobs),
                        seconds(after.minus(jobs)),
                        needless(database));
    }

    /** The time in which at least one job ran, so that two side by side count once. */
    private Duration jobsAfter(Step database) {
        var total = Duration.ZERO;
        var until = database.end();
        for (var job : steps.stream()
                .filter(step -> step.type().equals(JOB))
                .sorted(Comparator.comparing(Step::begin))
                .toList()) {
            var from = job.begin().compareTo(until) > 0 ? job.begin() : until;
            if (job.end().compareTo(from) > 0) {
                total = total.plus(job.end().minus(from));
                until = job.end();
            }
        }
        return total;
    }

    private String needless(Step database) {
        var names = steps.stream()
                .filter(step -> step.begin().compareTo(database.end()) > 0)
                .filter(step -> !dependencies.waitsFor(step.urn(), database.urn()))
                .map(Step::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "nothing" : names;
    }

    private static String shortened(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length - 3) + "...";
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
