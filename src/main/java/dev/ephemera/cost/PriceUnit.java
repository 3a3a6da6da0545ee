package dev.ephemera.cost;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a price is paid for. */
public enum PriceUnit {
    /** One thing for an hour. */
    HOURS("Hours", false),
    /** One thing for a month. */
    MONTHS("Months", true),
    /** A gigabyte kept for a month; what AWS bills as one is a GiB. */
    GB_MONTH("GB-Month", true),
    VCPU_HOURS("vCPU-Hours", false),
    GIB_HOURS("GiB-Hours", false),
    /** One request; a quantity is the requests of an hour. */
    REQUESTS("Requests", false);

    public static final String PATTERN =
            Arrays.stream(values()).map(PriceUnit::toString).collect(Collectors.joining("|"));

    /** The same in words, for messages. */
    public static final String WANTED =
            "one of " + Arrays.stream(values()).map(PriceUnit::toString).collect(Collectors.joining(", "));

    /** A year of 365 days has twelve months of 730 hours; AWS's own calculator counts so. */
    public static final Amount HOURS_OF_A_MONTH = Amount.of(730);

    private final String text;
    private final boolean isMonthly;

    PriceUnit(String text, boolean isMonthly) {
        this.text = text;
        this.isMonthly = isMonthly;
    }

    /** Throws {@link IllegalArgumentException} when {@code text} is no unit. */
    public static PriceUnit of(String text) {
        return Arrays.stream(values())
                .filter(unit -> unit.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("got \"%s\", want %s".formatted(text, WANTED)));
    }

    /** What {@code quantity} costs in each hour. */
    Amount hourly(Amount quantity, Amount price) {
        var cost = quantity.times(price);
        return isMonthly ? cost.dividedBy(HOURS_OF_A_MONTH) : cost;
    }

    @Override
    public String toString() {
        return text;
    }
}
