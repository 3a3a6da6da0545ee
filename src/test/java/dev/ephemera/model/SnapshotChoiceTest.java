package dev.ephemera.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotChoiceTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final SnapshotRule RULE = new SnapshotRule("shop-orders", Optional.of(Duration.ofDays(7)));
    private static final DatabaseSpec ORDERS = database(RULE);

    private static DatabaseSpec database(SnapshotRule rule) {
        return new DatabaseSpec(Engine.POSTGRES, new InstanceClass("db.t4g.micro"), "private", "orders", "app", rule);
    }

    private static Snapshot snapshot(String id, Duration age) {
        return new Snapshot(id, "available", true, "postgres", "16.4", true, 20, NOW.minus(age));
    }

    private static Snapshot unmasked(String id, Duration age) {
        return new Snapshot(id, "available", false, "postgres", "16.4", true, 20, NOW.minus(age));
    }

    private static SnapshotChoice choose(Snapshot... candidates) {
        return SnapshotChoice.from(List.of(candidates), ORDERS, NOW);
    }

    @Test
    void choosesTheNewestThatWillDo() {
        var choice = choose(snapshot("old", Duration.ofDays(2)), snapshot("new", Duration.ofDays(1)));
        assertThat(choice.chosen()).map(Snapshot::id).contains("new");
        assertThat(choice.refused())
                .singleElement()
                .extracting(SnapshotChoice.Refused::because)
                .isEqualTo("a newer one will do");
    }

    @Test
    void neverChoosesAnUnmaskedOneHoweverNew() {
        var choice = choose(unmasked("raw", Duration.ofHours(1)), snapshot("masked", Duration.ofDays(3)));
        assertThat(choice.chosen()).map(Snapshot::id).contains("masked");
        assertThat(choose(unmasked("raw", Duration.ofHours(1))).chosen()).isEmpty();
    }

    @Test
    void refusesOneOlderThanAllowedButNotExactlyAsOld() {
        assertThat(choose(snapshot("exact", Duration.ofDays(7))).chosen()).isPresent();
        var choice = choose(snapshot("older", Duration.ofDays(7).plusSeconds(1)));
        assertThat(choice.chosen()).isEmpty();
        assertThat(choice.explanation(RULE)).contains("older: it was taken 2026-11-17T11:59:59Z, more than 7 days ago");
    }

    @Test
    void refusesAnotherEngineAndOneStillBeingMade() {
        var mysql = new Snapshot("mysql", "available", true, "mysql", "8.0", true, 20, NOW);
        var creating = new Snapshot("creating", "creating", true, "postgres", "16.4", true, 20, NOW);
        var choice = choose(mysql, creating);
        assertThat(choice.chosen()).isEmpty();
        assertThat(choice.explanation(RULE))
                .contains("mysql: its engine is mysql, not postgres")
                .contains("creating: its status is creating");
    }

    @Test
    void saysTheLimitInTheUnitItWasGivenIn() {
        var rule = new SnapshotRule("shop-orders", Optional.of(Duration.ofMinutes(90)));
        var database = database(rule);
        assertThat(SnapshotChoice.from(List.of(snapshot("old", Duration.ofHours(2))), database, NOW)
                        .explanation(rule))
                .contains("more than 90 minutes ago");
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(choose().explanation(RULE)).isEqualTo("no snapshot of shop-orders exists");
    }
}
