package dev.ephemera.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.model.StackTags;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The environments of a project, as their tags say, for people and for programs. */
public record EnvironmentList(List<Row> rows) {
    private static final String HEAD =
            String.format("%-24s %-7s %-20s %-20s %s", "STACK", "STATE", "ACTIVE", "ENDS", "ADDRESS");

    /**
     * One of them.
     *
     * @param end when it ends by itself; empty when only its pull request ends it
     */
    public record Row(String stack, StackTags tags, Optional<Lifetime.End> end) {
        private String line() {
            return "%-24s %-7s %-20s %-20s %s"
                    .formatted(
                            stack,
                            tags.asleep() ? "asleep" : "awake",
                            tags.text(StackTags.LAST_ACTIVITY).orElse("?"),
                            end.map(each -> each.at().toString()).orElse("with its change"),
                            tags.text(StackTags.URL).orElse(""));
        }
    }

    public EnvironmentList {
        rows = List.copyOf(rows);
    }

    /** A line for each, under a head. What a tag says may be anything, so that only what can be printed is. */
    public String text() {
        return rows.isEmpty()
                ? "There is none."
                : HEAD + "\n"
                        + rows.stream()
                                .map(row -> row.line().replaceAll("\\p{Cntrl}", "?"))
                                .collect(Collectors.joining("\n"));
    }

    /** An array; each has the stack's name, the instant of its end or null, and all of its tags that are ours. */
    public String json() {
        var array = new ObjectMapper().createArrayNode();
        for (var row : rows) {
            var node = array.addObject().put("stack", row.stack());
            node.put("endsAt", row.end().map(end -> end.at().toString()).orElse(null));
            var tags = node.putObject("tags");
            row.tags().values().forEach((tag, value) -> {
                if (tag.startsWith(StackTags.PREFIX)) {
                    tags.put(tag.substring(StackTags.PREFIX.length()), value);
                }
            });
        }
        return array.toPrettyString();
    }
}
