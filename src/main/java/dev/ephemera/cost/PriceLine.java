package dev.ephemera.cost;

import dev.ephemera.model.AwsRegion;
import java.time.LocalDate;

/**
 * A list price, on demand.
 *
 * @param date when {@code source} said so
 * @param source who says so, to be looked up again
 */
public record PriceLine(AwsRegion region, PriceItem item, PriceUnit unit, Price price, LocalDate date, String source) {
    public PriceLine {
        if (unit != item.unit()) {
            throw new IllegalArgumentException("got %s by %s, want it by %s".formatted(item, unit, item.unit()));
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("%s in %s has no source, want who says so".formatted(item, region));
        }
    }
}
