package dev.ephemera.cost;

import dev.ephemera.model.AwsRegion;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** List prices, by region and item. */
public final class PriceBook {
    private record Place(AwsRegion region, PriceItem item) {}

    /** Where nobody has said any price. */
    public static final PriceBook EMPTY = new PriceBook();

    private final Optional<NodeSize> node;
    private final Map<PriceItem, Integer> shared;
    private final Map<Place, PriceLine> lines = new HashMap<>();

    private PriceBook() {
        this.node = Optional.empty();
        this.shared = Map.of();
    }

    /** Throws {@link IllegalArgumentException} when an item has two prices in one region. */
    public PriceBook(PriceFile file) {
        this.node = Optional.of(file.node());
        this.shared = Collections.unmodifiableMap(new TreeMap<>(file.shared()));
        for (var line : file.prices()) {
            if (lines.put(new Place(line.region(), line.item()), line) != null) {
                throw new IllegalArgumentException(
                        "%s has two prices in %s, want one".formatted(line.item(), line.region()));
            }
        }
    }

    /** Empty where nobody has said what it costs, which is not that it costs nothing. */
    public Optional<PriceLine> find(AwsRegion region, PriceItem item) {
        return Optional.ofNullable(lines.get(new Place(region, item)));
    }

    /** What workloads run on; empty where nobody has said it. */
    public Optional<NodeSize> node() {
        return node;
    }

    /** What all environments use together, and how many there are of it. */
    public Map<PriceItem, Integer> shared() {
        return shared;
    }
}
