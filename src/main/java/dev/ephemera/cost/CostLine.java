package dev.ephemera.cost;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/**
 * What one part of a resource costs.
 *
 * @param resource its name in the stack
 * @param item what is paid for: a {@link PriceItem}, or a part of one
 * @param quantity of {@code unit}; empty when nobody knows it
 * @param unitPrice US dollars; empty when nobody has said it
 * @param sleeps whether it costs nothing while the environment sleeps
 * @param source who says the price, and when
 */
public record CostLine(
        String resource,
        String item,
        PriceUnit unit,
        Optional<Amount> quantity,
        Optional<Amount> unitPrice,
        boolean sleeps,
        Optional<Source> source)
        implements Comparable<CostLine> {
    private static final Comparator<CostLine> ORDER =
            Comparator.comparing(CostLine::resource).thenComparing(CostLine::item);

    /** Who said a price, and when. */
    public record Source(String text, LocalDate date) {}

    /** While the environment is awake; empty when it is not known. */
    public Optional<Amount> hourly() {
        return quantity.flatMap(many -> unitPrice.map(price -> unit.hourly(many, price)));
    }

    /** While it sleeps; empty when it is not known. */
    public Optional<Amount> asleepHourly() {
        return sleeps ? Optional.of(Amount.ZERO) : hourly();
    }

    public Confidence confidence() {
        return hourly().isPresent() ? Confidence.LISTED : Confidence.UNKNOWN;
    }

    /** By resource and item, whatever the order of the stack. */
    @Override
    public int compareTo(CostLine other) {
        return ORDER.compare(this, other);
    }
}
