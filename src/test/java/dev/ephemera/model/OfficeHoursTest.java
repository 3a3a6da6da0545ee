package dev.ephemera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfficeHoursTest {
    private static final OfficeHours WEEK = new OfficeHours("Mon-Fri 07:00-20:00, Sat 09:00-12:00");

    private static boolean has(OfficeHours hours, String here) {
        return hours.since(ZonedDateTime.parse(here), List.of()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T07:00:00+01:00[Europe/Berlin], true", // a Friday
        "2026-11-27T19:59:59+01:00[Europe/Berlin], true",
        "2026-11-27T20:00:00+01:00[Europe/Berlin], false",
        "2026-11-27T06:59:59+01:00[Europe/Berlin], false",
        "2026-11-28T09:00:00+01:00[Europe/Berlin], true",
        "2026-11-28T12:00:00+01:00[Europe/Berlin], false",
        "2026-11-29T10:00:00+01:00[Europe/Berlin], false",
        "2026-11-30T07:00:00+01:00[Europe/Berlin], true",
    })
    void theirBeginningIsInThemAndTheirEndIsNot(String here, boolean inside) {
        assertThat(has(WEEK, here)).isEqualTo(inside);
    }

    @Test
    void fromADayToAnEarlierOneTheyLeadOverTheWeekend() {
        var hours = new OfficeHours("Sat-Mon 00:00-24:00");
        assertThat(has(hours, "2026-11-28T23:59:59Z")).isTrue();
        assertThat(has(hours, "2026-11-30T00:00:00Z")).isTrue();
        assertThat(has(hours, "2026-12-01T00:00:00Z")).isFalse();
        assertThat(has(hours, "2026-11-27T12:00:00Z")).isFalse();
    }

    /** In Berlin the clocks go from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25. */
    @Test
    void theClockOnTheWallCountsWhenSummerTimeBeginsAndEnds() {
        var sunday = new OfficeHours("Sun 01:00-03:30");
        assertThat(sunday.since(ZonedDateTime.parse("2026-03-29T03:29:00+02:00[Europe/Berlin]"), List.of()))
                .contains(ZonedDateTime.parse("2026-03-29T01:00:00+01:00[Europe/Berlin]"));
        assertThat(has(sunday, "2026-03-29T03:30:00+02:00[Europe/Berlin]")).isFalse();
        assertThat(has(sunday, "2026-10-25T02:30:00+02:00[Europe/Berlin]")).isTrue();
        assertThat(has(sunday, "2026-10-25T02:30:00+01:00[Europe/Berlin]")).isTrue();
        assertThat(has(sunday, "2026-10-25T03:30:00+01:00[Europe/Berlin]")).isFalse();
    }

    @Test
    void aHolidayHasNone() {
        var friday = ZonedDateTime.parse("2026-12-25T10:00:00+01:00[Europe/Berlin]");
        assertThat(WEEK.since(friday, List.of())).isPresent();
        assertThat(WEEK.since(friday, List.of(LocalDate.parse("2026-12-25")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mon",
                "07:00-20:00",
                "Mon 7:00-20:00",
                "Mon-Fri 07:00-25:00",
                "Mon-Fri 20:00-07:00",
                "Mon 07:00-07:00",
                "Mon 24:00-24:00",
                "Mon-Fri 07:00-20:00,Sat 09:00-12:00",
                "mon-fri 07:00-20:00"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new OfficeHours(text)).hasMessageStartingWith("got \"" + text + "\", want hours");
    }
}
