package dev.ephemera.model;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * When environments sleep: no pods, and the databases stopped.
 *
 * @param outside these hours they do
 * @param zone whose clocks count, summer time included
 * @param holidays days on which they sleep all day
 */
public record SleepSpec(OfficeHours outside, ZoneId zone, List<LocalDate> holidays) {
    public SleepSpec {
        holidays = List.copyOf(holidays);
    }
}
