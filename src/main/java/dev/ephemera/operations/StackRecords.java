package dev.ephemera.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ephemera.cost.Accrual;
import dev.ephemera.cost.Amount;
import dev.ephemera.cost.CostReading;
import dev.ephemera.engine.Backend;
import dev.ephemera.engine.Ledger;
import dev.ephemera.engine.Owner;
import dev.ephemera.engine.StackTagStore;
import dev.ephemera.model.LedgerEntry;
import dev.ephemera.model.LedgerEntry.Event;
import dev.ephemera.model.StackTags;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is written down about an environment beside its state: its stack's tags, and the ledger, which outlives it. */
public final class StackRecords {
    /** Who opened the pull request, where the forge was asked. */
    static final String AUTHOR_VARIABLE = "EPHEMERA_AUTHOR";

    private static final String TEAM_VARIABLE = "EPHEMERA_TEAM";

    private final Work work;
    private final Clock clock;

    StackRecords(Work work) {
        this.work = work;
        this.clock = Clock.systemUTC();
    }

    /** What the tags say now. */
    public StackTags tags() {
        try (var store = store()) {
            return store.read(work.names().stack().value());
        }
    }

    /** Changes the tags of a stack that is there. */
    public StackTags change(UnaryOperator<StackTags> change) {
        try (var store = store()) {
            return store.change(work.names().stack().value(), change);
        }
    }

    /** An update begins. */
    StackTags begun() {
        var now = now().toString();
        return change(tags -> {
            var begun = tags.instant(StackTags.CREATED).isPresent() ? tags : tags.with(StackTags.CREATED, now);
            begun = begun.with(StackTags.LAST_ACTIVITY, now);
            begun = and(begun, StackTags.RUN, Owner.run(work.environment()));
            begun = and(
                    begun,
                    StackTags.AUTHOR,
                    Optional.ofNullable(work.environment().get(AUTHOR_VARIABLE)));
            return and(
                    begun,
                    StackTags.TEAM,
                    Optional.ofNullable(work.environment().get(TEAM_VARIABLE)));
        });
    }

    /** It is there, by whatever way it was made: what its days count from is now, where nobody has said so before. */
    void seen() {
        var now = now().toString();
        change(tags -> {
            var seen = tags.instant(StackTags.CREATED).isPresent() ? tags : tags.with(StackTags.CREATED, now);
            return seen.instant(StackTags.LAST_ACTIVITY).isPresent() ? seen : seen.with(StackTags.LAST_ACTIVITY, now);
        });
    }

    /** It has ended, whether it is up or not. */
    void ended() {
        change(tags -> tags.without(StackTags.RUN));
    }

    /**
     * It is up.
     *
     * @param outputs the stack's
     * @param zone the DNS zone
     * @return what the tags say now
     */
    StackTags up(JsonNode outputs, String zone) {
        var tags = change(before -> {
            var after = and(before, StackTags.PULL_REQUEST, text(outputs.at("/environment/pullRequest")));
            after = and(after, StackTags.BRANCH, text(outputs.at("/environment/branch")));
            after = and(after, StackTags.URL, text(outputs.path("url")));
            return after.with(StackTags.ZONE, zone);
        });
        enter(Event.UP, cost(outputs).hourly(), tags);
        return tags;
    }

    /** It is about to sleep. */
    void asleep() {
        change(tags -> tags.asleep() ? tags : tags.with(StackTags.ASLEEP_SINCE, now().toString()));
    }

    /** It sleeps. */
    void sleeps(JsonNode outputs) {
        enter(Event.ASLEEP, cost(outputs).asleepHourly(), tags());
    }

    /** It is awake again. */
    void awake(JsonNode outputs) {
        enter(Event.UP, cost(outputs).hourly(), change(tags -> tags.without(StackTags.ASLEEP_SINCE)));
    }

    /**
     * Nothing is left of it.
     *
     * @param tags what they said before the stack was forgotten
     */
    void gone(StackTags tags) {
        enter(Event.GONE, Optional.of(Amount.ZERO), tags);
    }

    /** What it has cost since it was made; empty where there is no ledger. */
    Optional<Accrual> accrued() {
        return Backend.objects(work.pulumi(), work.environment()).map(objects -> {
            try (var beside = objects) {
                var ledger = new Ledger(beside, work.names().project());
                return Accrual.soFar(ledger.read(work.names().stack()).entries(), now());
            }
        });
    }

    /** In Pulumi's own service there is no place beside the state: it keeps a history of its own. */
    private void enter(Event event, Optional<Amount> hourly, StackTags tags) {
        var objects = Backend.objects(work.pulumi(), work.environment());
        if (objects.isPresent()) {
            try (var beside = objects.get()) {
                new Ledger(beside, work.names().project())
                        .add(new LedgerEntry(
                                now(),
                                work.names().stack(),
                                event,
                                hourly.map(amount -> new BigDecimal(amount.toString())),
                                tags.text(StackTags.AUTHOR),
                                tags.text(StackTags.TEAM)));
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static StackTags and(StackTags tags, String tag, Optional<String> value) {
        return value.filter(text -> !text.isBlank())
                .map(text -> tags.with(tag, text))
                .orElse(tags);
    }

    /** What the stack's outputs say that it costs. */
    static CostReading cost(JsonNode outputs) {
        return CostReading.of(outputs.path("cost"));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText()).filter(text -> !text.isEmpty() && !node.isNull());
    }

    private StackTagStore store() {
        return StackTagStore.of(work.pulumi(), work.environment(), work.names().project());
    }
}
