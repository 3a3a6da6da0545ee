package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.LedgerEntry;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What was up, asleep and gone, and when, beside the state. Each entry is an object of its own that nobody changes, so that
 * writers never meet and a stack's end takes nothing away.
 */
public final class Ledger {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy-MM", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Objects objects;
    private final String folder;

    /**
     * What was read.
     *
     * @param entries in the order of their instants
     * @param unreadable the keys of those that are no entries of this program's
     */
    public record Reading(List<LedgerEntry> entries, List<String> unreadable) {
        public Reading {
            entries = List.copyOf(entries);
            unreadable = List.copyOf(unreadable);
        }
    }

    public Ledger(Objects objects, ProjectName project) {
        this.objects = objects;
        this.folder = StateKeys.ledger(project);
    }

    /** Adds an entry; it is there for good when this returns. */
    public void add(LedgerEntry entry) {
        var key = "%s%s/%s_%s_%s.json"
                .formatted(
                        folder, MONTH.format(entry.at()), entry.at().toEpochMilli(), entry.stack(), UUID.randomUUID());
        // Where a bucket's answer was lost and the client asked again, it is there: nobody else has this key.
        if (!objects.create(key, json(entry)) && objects.get(key).isEmpty()) {
            throw new Failure(Exit.FAILED, "%s cannot be written beside the state; run again".formatted(key));
        }
    }

    /** All that is there. */
    public Reading read() {
        return read(key -> true);
    }

    /** All about one stack: the others' entries are not even asked for. */
    public Reading read(StackName stack) {
        return read(key -> key.contains("_%s_".formatted(stack)));
    }

    private Reading read(Predicate<String> wanted) {
        var entries = new ArrayList<LedgerEntry>();
        var unreadable = new ArrayList<String>();
        objects.list(folder).stream()
                .filter(wanted)
                .forEach(key -> objects.get(key)
                        .flatMap(held -> parse(held.text()))
                        .ifPresentOrElse(entries::add, () -> unreadable.add(key)));
        entries.sort(Comparator.comparing(LedgerEntry::at));
        return new Reading(entries, unreadable);
    }

    private static String json(LedgerEntry entry) {
        var node = JSON.createObjectNode()
                .put("at", entry.at().toString())
                .put("stack", entry.stack().value())
                .put("event", entry.event().name().toLowerCase(Locale.ROOT));
        entry.hourly().ifPresent(hourly -> node.put("hourly", hourly.toPlainString()));
        entry.author().ifPresent(author -> node.put("author", author));
        entry.team().ifPresent(team -> node.put("team", team));
        return node.toString();
    }

    private static Optional<LedgerEntry> parse(String json) {
        try {
            var node = JSON.readTree(json);
            return Optional.of(new LedgerEntry(
                    Instant.parse(node.path("at").asText()),
                    new StackName(node.path("stack").asText()),
                    LedgerEntry.Event.valueOf(node.path("event").asText().toUpperCase(Locale.ROOT)),
                    text(node, "hourly").map(BigDecimal::new),
                    text(node, "author"),
                    text(node, "team")));
        } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }
}
