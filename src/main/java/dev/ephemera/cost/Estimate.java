package dev.ephemera.cost;

import dev.ephemera.model.AwsRegion;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a stack costs, in US dollars.
 *
 * @param lines the environment's own, which end with it
 * @param shared what all environments use together, in no environment's sum
 * @param notCounted kinds of resources that no rule covers and that are not known to be free
 */
public record Estimate(AwsRegion region, List<CostLine> lines, List<CostLine> shared, List<String> notCounted) {
    public Estimate {
        lines = lines.stream().sorted().toList();
        shared = shared.stream().sorted().toList();
        notCounted = notCounted.stream().sorted().distinct().toList();
    }

    /** Each hour while it is awake: what is known of it. Empty when nothing is. */
    public Optional<Amount> hourly() {
        return sum(lines.stream(), CostLine::hourly);
    }

    /** Each hour while it sleeps: what is known of it. Empty when nothing is. */
    public Optional<Amount> asleepHourly() {
        return sum(lines.stream().filter(line -> !line.sleeps()), CostLine::asleepHourly);
    }

    /** When it is left awake for a month. */
    public Optional<Amount> monthly() {
        return hourly().map(PriceUnit.HOURS_OF_A_MONTH::times);
    }

    /** What all environments use together, each hour; empty when nothing of it is known. */
    public Optional<Amount> sharedHourly() {
        return sumOfKnown(shared.stream(), CostLine::hourly, shared.isEmpty());
    }

    /** The lines of which price or quantity is not known, each as resource and item. */
    public List<String> unknown() {
        return lines.stream()
                .filter(line -> line.confidence() == Confidence.UNKNOWN)
                .map(line -> "%s: %s".formatted(line.resource(), line.item()))
                .toList();
    }

    /** Whether the sums are of everything that the environment pays for. */
    public boolean isComplete() {
        return unknown().isEmpty() && notCounted.isEmpty();
    }

    /** The day of the oldest price in it; empty when it has none. */
    public Optional<LocalDate> pricesAsOf() {
        return lines.stream()
                .flatMap(line -> line.source().map(CostLine.Source::date).stream())
                .min(LocalDate::compareTo);
    }

    /** Nothing to pay for is 0; nothing known of what there is to pay for is not. */
    private Optional<Amount> sum(Stream<CostLine> of, Function<CostLine, Optional<Amount>> part) {
        return sumOfKnown(of, part, isComplete());
    }

    private static Optional<Amount> sumOfKnown(
            Stream<CostLine> of, Function<CostLine, Optional<Amount>> part, boolean isAll) {
        return of.flatMap(line -> part.apply(line).stream())
                .reduce(Amount::plus)
                .or(() -> isAll ? Optional.of(Amount.ZERO) : Optional.empty());
    }
}
