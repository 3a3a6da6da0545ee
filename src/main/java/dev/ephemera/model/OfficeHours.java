package dev.ephemera.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hours of the week, such as {@code Mon-Fri 07:00-20:00, Sat 09:00-12:00}. They end on the day on which they begin; {@code
 * 24:00} is that day's end.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record OfficeHours(String value) {
    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
    private static final String SPAN = "(%s)(?:-(%s))? (%s)-(%s|24:00)".formatted(DAY, DAY, TIME, TIME);

    public static final String PATTERN = "%s(?:, %s)*".formatted(SPAN, SPAN).replaceAll("\\((?!\\?)", "(?:");

    /** The same in words, for messages. */
    public static final String WANTED = "hours of the week such as Mon-Fri 07:00-20:00, Sat 09:00-12:00";

    private static final Pattern ONE = Pattern.compile(SPAN);
    private static final int DAYS = DayOfWeek.values().length;
    private static final String MIDNIGHT = "24:00";

    private record Span(DayOfWeek first, DayOfWeek last, LocalTime from, Optional<LocalTime> to) {
        static Span of(Matcher matcher) {
            var first = day(matcher.group(1));
            return new Span(
                    first,
                    Optional.ofNullable(matcher.group(2)).map(OfficeHours::day).orElse(first),
                    LocalTime.parse(matcher.group(3)),
                    Optional.of(matcher.group(4))
                            .filter(time -> !time.equals(MIDNIGHT))
                            .map(LocalTime::parse));
        }

        boolean isEmpty() {
            return to.filter(end -> !end.isAfter(from)).isPresent();
        }

        /** From one day to an earlier one leads over the weekend. */
        private boolean has(DayOfWeek day) {
            var length = Math.floorMod(last.getValue() - first.getValue(), DAYS);
            return Math.floorMod(day.getValue() - first.getValue(), DAYS) <= length;
        }

        boolean has(ZonedDateTime now) {
            var time = now.toLocalTime();
            return has(now.getDayOfWeek())
                    && !time.isBefore(from)
                    && to.filter(end -> !time.isBefore(end)).isEmpty();
        }
    }

    public OfficeHours {
        Texts.check(PATTERN, value, WANTED);
        spans(value).filter(Span::isEmpty).findFirst().ifPresent(span -> {
            throw new IllegalArgumentException(
                    "got \"%s\", want hours that end after they begin, on the same day".formatted(value));
        });
    }

    private static Stream<Span> spans(String value) {
        return ONE.matcher(value).results().map(found -> {
            var matcher = ONE.matcher(found.group());
            if (!matcher.matches()) {
                throw new IllegalStateException(found.group());
            }
            return Span.of(matcher);
        });
    }

    private static DayOfWeek day(String word) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().startsWith(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    /**
     * When the hours began that {@code now} is in; empty when it is in none.
     *
     * @param now where the hours are meant: what a clock on the wall shows there decides
     * @param holidays days that have none
     */
    public Optional<ZonedDateTime> since(ZonedDateTime now, List<LocalDate> holidays) {
        return holidays.contains(now.toLocalDate())
                ? Optional.empty()
                : spans(value)
                        .filter(span -> span.has(now))
                        .map(span -> now.toLocalDate().atTime(span.from()).atZone(now.getZone()))
                        .min(ZonedDateTime::compareTo);
    }

    @Override
    public String toString() {
        return value;
    }
}
