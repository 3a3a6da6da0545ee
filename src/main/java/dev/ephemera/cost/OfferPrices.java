package dev.ephemera.cost;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a price list of AWS says of the items that were asked for.
 *
 * @param lines in the order of the items
 * @param absent why there is no price of the others
 */
public record OfferPrices(List<PriceLine> lines, Map<PriceItem, String> absent) {
    public OfferPrices {
        lines = List.copyOf(lines);
        absent = Collections.unmodifiableMap(new TreeMap<>(absent));
    }
}
