package dev.ephemera.config;

import dev.ephemera.cost.PriceBook;
import dev.ephemera.cost.PriceFile;
import dev.ephemera.cost.PriceItem;
import dev.ephemera.cost.PriceLine;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.AwsRegion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code prices.yaml}. Without a file no price is known. */
public final class PricesReader {
    private PricesReader() {}

    /**
     * Reads it from {@code stacks}; empty when it is not there.
     *
     * @throws Failure with every fault of it, each with its file and line
     */
    public static Optional<PriceBook> read(Path stacks) {
        var faults = new Faults();
        var document = YamlReader.read(stacks.resolve("prices.yaml"), faults);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        if (!(document.get() instanceof Node.Mapping root)) {
            faults.throwIfAny();
            throw new IllegalStateException("a file that is refused has a fault");
        }
        var reader = new BlockReader(root, faults);
        var file = reader.read(PriceFile.class);
        if (root.fields().get("prices") instanceof Node.Sequence list) {
            apart(reader, list.elements().size());
        }
        faults.throwIfAny();
        return file.map(PriceBook::new);
    }

    /** Of two prices for one thing nobody could say which holds. */
    private static void apart(BlockReader reader, int lines) {
        var first = new HashMap<Map.Entry<AwsRegion, PriceItem>, Integer>();
        for (int i = 0; i < lines; i++) {
            var path = "prices[%d]".formatted(i);
            var line = reader.<PriceLine>valueAt(path);
            if (line.isPresent()) {
                var price = line.get();
                var other = first.putIfAbsent(Map.entry(price.region(), price.item()), i);
                if (other != null) {
                    reader.fault(
                            path,
                            "prices[%d] is the price of %s in %s too, want one"
                                    .formatted(other, price.item(), price.region()));
                }
            }
        }
    }
}
