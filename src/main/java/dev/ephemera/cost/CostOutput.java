package dev.ephemera.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An estimate as the stack's output {@code cost} shows it: plain values, with money as decimal texts. */
public final class CostOutput {
    private CostOutput() {}

    /** {@code null} stands where nobody knows a number. */
    public static Map<String, @Nullable Object> of(Estimate estimate) {
        var cost = new LinkedHashMap<String, @Nullable Object>();
        cost.put("currency", "USD");
        cost.put("region", estimate.region().value());
        cost.put("pricesAsOf", text(estimate.pricesAsOf()));
        cost.put("hourly", text(estimate.hourly()));
        cost.put("monthly", text(estimate.monthly()));
        cost.put("asleepHourly", text(estimate.asleepHourly()));
        cost.put("complete", estimate.isComplete());
        cost.put("unknown", estimate.unknown());
        cost.put("notCounted", estimate.notCounted());
        cost.put("lines", lines(estimate.lines()));
        var shared = new LinkedHashMap<String, @Nullable Object>();
        shared.put("hourly", text(estimate.sharedHourly()));
        shared.put("lines", lines(estimate.shared()));
        cost.put("shared", shared);
        return cost;
    }

    private static List<Map<String, @Nullable Object>> lines(List<CostLine> lines) {
        return lines.stream().map(CostOutput::line).toList();
    }

    private static Map<String, @Nullable Object> line(CostLine line) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("resource", line.resource());
        values.put("item", line.item());
        values.put("quantity", text(line.quantity()));
        values.put("unit", line.unit().toString());
        values.put("unitPrice", text(line.unitPrice()));
        values.put("hourly", text(line.hourly()));
        values.put("asleepHourly", text(line.asleepHourly()));
        values.put("source", text(line.source().map(CostLine.Source::text)));
        values.put("confidence", line.confidence().toString());
        return values;
    }

    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }
}
