package dev.ephemera.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.doctor.Finding.Level;
import dev.ephemera.failure.Exit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all checks have found, in the order in which they were made, for people and for programs. */
public record Diagnosis(List<Finding> findings) {
    private static final String LINE = "%-8s %-18s %s";
    /** Under what was found. */
    private static final String INDENT = " ".repeat(28);

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** That of the first fault; {@link Exit#DONE} when there is none. */
    public Exit exit() {
        return findings.stream()
                .filter(finding -> finding.level() == Level.FAULT)
                .map(Finding::exit)
                .findFirst()
                .orElse(Exit.DONE);
    }

    /** A line for each, what to do under it, and a sum. What others say may be anything, so that only what can be printed is. */
    public String text() {
        return findings.stream().map(Diagnosis::line).collect(Collectors.joining("\n"))
                + "\n%d faults, %d warnings; nothing was changed.".formatted(count(Level.FAULT), count(Level.WARNING));
    }

    private static String line(Finding finding) {
        var line = LINE.formatted(word(finding.level()), finding.check(), indented(finding.found()));
        return finding.remedy().isEmpty() ? line : line + "\n" + INDENT + "-> " + indented(finding.remedy());
    }

    private static String indented(String text) {
        return text.strip()
                .lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                .collect(Collectors.joining("\n" + INDENT));
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** The exit code, and of each check what the text says. */
    public String json() {
        var root = new ObjectMapper().createObjectNode();
        root.put("exit", exit().code());
        var checks = root.putArray("checks");
        findings.forEach(finding -> checks.addObject()
                .put("check", finding.check())
                .put("level", word(finding.level()))
                .put("found", finding.found())
                .put("remedy", finding.remedy())
                .put("exit", finding.exit().code()));
        return root.toPrettyString();
    }
}
