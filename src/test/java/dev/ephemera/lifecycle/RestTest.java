package dev.ephemera.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.lifecycle.Rest.Change;
import dev.ephemera.model.OfficeHours;
import dev.ephemera.model.SleepSpec;
import dev.ephemera.model.StackTags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final SleepSpec WEEK = new SleepSpec(
            new OfficeHours("Mon-Fri 07:00-20:00"), ZoneId.of("Europe/Berlin"), List.of(LocalDate.parse("2026-12-25")));
    /** A Friday, 08:00 in Berlin. */
    private static final Instant MORNING = Instant.parse("2026-11-27T07:00:00Z");
    /** The same day, 21:00 in Berlin. */
    private static final Instant NIGHT = Instant.parse("2026-11-27T20:00:00Z");

    private static final StackTags AWAKE = new StackTags(Map.of(StackTags.LAST_ACTIVITY, "2026-11-27T10:00:00Z"));

    private static StackTags asleepSince(String instant) {
        return AWAKE.with(StackTags.ASLEEP_SINCE, instant);
    }

    private static Optional<Change> due(StackTags tags, Instant now) {
        return new Rest(WEEK, tags, false).due(now).map(Rest.Due::change);
    }

    @Test
    void outsideTheHoursItGoesToSleepAndInThemItWakes() {
        assertThat(due(AWAKE, NIGHT)).contains(Change.SLEEP);
        assertThat(due(asleepSince("2026-11-26T20:00:00Z"), MORNING)).contains(Change.WAKE);
        assertThat(due(AWAKE, MORNING)).isEmpty();
        assertThat(due(asleepSince("2026-11-27T19:05:00Z"), NIGHT)).isEmpty();
    }

    @Test
    void whoeverDeploysOutsideTheHoursHasAnHour() {
        var deployed = AWAKE.with(StackTags.LAST_ACTIVITY, "2026-11-27T19:30:00Z");
        assertThat(due(deployed, NIGHT)).isEmpty();
        assertThat(due(deployed, NIGHT.plusSeconds(30 * 60))).contains(Change.SLEEP);
    }

    @Test
    void whatWasPutToSleepByHandSleepsUntilTheNextHoursBegin() {
        var byHand = asleepSince("2026-11-27T06:30:00Z");
        assertThat(due(byHand, MORNING)).isEmpty();
        assertThat(due(byHand, Instant.parse("2026-11-30T06:00:00Z"))).contains(Change.WAKE);
    }

    @Test
    void onAHolidayItSleepsAllDay() {
        assertThat(due(AWAKE, Instant.parse("2026-12-25T09:00:00Z"))).contains(Change.SLEEP);
        assertThat(due(asleepSince("2026-12-24T19:00:00Z"), Instant.parse("2026-12-25T09:00:00Z")))
                .isEmpty();
    }

    @Test
    void aDatabaseThatAwsHasStartedAfterSevenDaysIsStoppedAgain() {
        var tags = asleepSince("2026-11-27T19:05:00Z");
        assertThat(new Rest(WEEK, tags, true).due(NIGHT)).hasValueSatisfying(due -> {
            assertThat(due.change()).isEqualTo(Change.SLEEP);
            assertThat(due.reason()).contains("after seven days");
        });
        assertThat(new Rest(WEEK, asleepSince("2026-11-27T06:30:00Z"), true).due(MORNING))
                .as("put to sleep by hand")
                .hasValueSatisfying(due -> assertThat(due.change()).isEqualTo(Change.SLEEP));
    }

    @Test
    void asleepSinceNobodyKnowsWhenItWakesInTheHours() {
        assertThat(due(asleepSince("?"), MORNING)).contains(Change.WAKE);
    }
}
