package dev.ephemera.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stack's output {@code cost} said, read back. A sum of only a part is none: whoever adds it up, or compares it, would
 * take it for the whole.
 *
 * @param hourly each hour awake, in US dollars; empty unless all of it is known
 * @param asleepHourly each hour asleep; empty unless all of it is known
 * @param unknown the names of what is not known; none when all is
 */
public record CostReading(Optional<Amount> hourly, Optional<Amount> asleepHourly, List<String> unknown) {
    private static final Amount HOURS_OF_A_DAY = Amount.of(24);

    public CostReading {
        unknown = List.copyOf(unknown);
    }

    /** Reads it; of a stack that an older program has deployed nothing is known. */
    public static CostReading of(JsonNode cost) {
        var hourly = amount(cost.path("hourly"));
        var asleepHourly = amount(cost.path("asleepHourly"));
        if (cost.path("complete").asBoolean() && hourly.isPresent() && asleepHourly.isPresent()) {
            return new CostReading(hourly, asleepHourly, List.of());
        }
        var unknown = new ArrayList<String>();
        cost.path("unknown").forEach(name -> unknown.add(name.asText()));
        cost.path("notCounted").forEach(name -> unknown.add(name.asText()));
        return new CostReading(
                Optional.empty(), Optional.empty(), unknown.isEmpty() ? List.of("the output cost") : unknown);
    }

    /** When it is left awake. */
    public Optional<Amount> daily() {
        return hourly.map(HOURS_OF_A_DAY::times);
    }

    private static Optional<Amount> amount(JsonNode text) {
        try {
            return text.isTextual() ? Optional.of(Amount.of(new BigDecimal(text.asText()))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
