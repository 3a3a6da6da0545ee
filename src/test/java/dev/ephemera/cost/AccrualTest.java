package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.model.LedgerEntry;
import dev.ephemera.model.LedgerEntry.Event;
import dev.ephemera.naming.StackName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccrualTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static LedgerEntry entry(String time, Event event, String hourly) {
        return new LedgerEntry(
                Instant.parse("2026-11-24T%s:00Z".formatted(time)),
                new StackName("pr-7"),
                event,
                Optional.of(hourly).filter(text -> !text.isEmpty()).map(BigDecimal::new),
                Optional.empty(),
                Optional.empty());
    }

    /** 1 h x 0.06 + 2.5 h x 0.01 + 0.5 h x 0.06. */
    @Test
    void eachRateHoldsUntilTheNext() {
        var accrual = Accrual.soFar(
                List.of(
                        entry("08:00", Event.UP, "0.06"),
                        entry("09:00", Event.ASLEEP, "0.01"),
                        entry("11:30", Event.UP, "0.06")),
                NOON);
        assertThat(accrual.known()).hasToString("0.115");
        assertThat(accrual.unknownSince()).isEmpty();
    }

    @Test
    void whatIsGoneCostsNothingAndWhatWasBeforeItIsAnothers() {
        var entries = List.of(
                entry("08:00", Event.UP, "1"), entry("09:00", Event.GONE, "0"), entry("11:00", Event.UP, "0.06"));
        assertThat(Accrual.soFar(entries, NOON).known()).hasToString("0.06");
        assertThat(Accrual.between(entries, Instant.EPOCH, NOON).known()).hasToString("1.06");
        assertThat(Accrual.soFar(entries.subList(0, 2), NOON).known().isZero()).isTrue();
    }

    @Test
    void onlyWhatIsBetweenTheTwoCounts() {
        var entries = List.of(entry("08:00", Event.UP, "0.06"), entry("10:00", Event.ASLEEP, "0.01"));
        assertThat(Accrual.between(entries, Instant.parse("2026-11-24T09:30:00Z"), NOON)
                        .known())
                .hasToString("0.05");
        assertThat(Accrual.between(entries, NOON, NOON).known().isZero()).isTrue();
    }

    @Test
    void aTimeWhoseCostIsNotKnownIsNotTakenAsFree() {
        var accrual = Accrual.soFar(
                List.of(
                        entry("08:00", Event.UP, ""),
                        entry("09:00", Event.UP, "0.06"),
                        entry("12:00", Event.ASLEEP, "")),
                NOON);
        assertThat(accrual.known()).hasToString("0.18");
        assertThat(accrual.unknownSince()).containsExactly(Instant.parse("2026-11-24T08:00:00Z"));
    }
}
