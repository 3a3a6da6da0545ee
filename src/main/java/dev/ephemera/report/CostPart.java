package dev.ephemera.report;

import dev.ephemera.cost.Accrual;
import dev.ephemera.cost.Amount;
import dev.ephemera.cost.CostReading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pull request's comment says of money: nothing where something is not known, but its name.
 *
 * @param before the update; empty when there was no environment, or its cost was not told
 * @param now after it
 * @param soFar empty where there is no ledger
 */
public record CostPart(Optional<CostReading> before, CostReading now, Optional<Accrual> soFar) {
    /** Of what is not known a comment names as many; the rest stands in the output. */
    private static final int NAMED = 3;

    private static final int CENTS = 2;

    /** In Markdown; a name in it has no character that means something there. */
    public String markdown() {
        return Stream.of(
                        Optional.of("Cost, from list prices, without discounts and traffic:\n"),
                        Optional.of("- a day if left on: " + daily(now)),
                        soFar.map(accrual -> "- so far: " + text(accrual)),
                        before.map(was -> "- by this push: " + change(was)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
    }

    private static String daily(CostReading cost) {
        return cost.daily().map(CostPart::dollars).orElseGet(() -> unknown(cost.unknown()));
    }

    private static String text(Accrual accrual) {
        return accrual.unknownSince().isEmpty()
                ? dollars(accrual.known())
                : unknown(List.of("its cost from %s on"
                        .formatted(PreviewComment.time(accrual.unknownSince().get(0)))));
    }

    private String change(CostReading was) {
        return was.daily()
                .map(earlier ->
                        now.daily().map(later -> change(later.minus(earlier))).orElseGet(() -> unknown(now.unknown())))
                .orElseGet(() -> unknown(was.unknown()) + " before");
    }

    private static String change(Amount more) {
        if (more.isZero()) {
            return "nothing";
        }
        return more.compareTo(Amount.ZERO) > 0
                ? dollars(more) + " a day more"
                : dollars(Amount.ZERO.minus(more)) + " a day less";
    }

    /** Rounded here, and nowhere before. */
    private static String dollars(Amount amount) {
        var rounded = amount.rounded(CENTS);
        return rounded.signum() == 0 && !amount.isZero() ? "less than 0.01 USD" : rounded.toPlainString() + " USD";
    }

    private static String unknown(List<String> names) {
        var named = names.stream().limit(NAMED).map(CostPart::harmless).collect(Collectors.joining(", "));
        return "unknown (%s%s)"
                .formatted(named, names.size() > NAMED ? ", and %d more".formatted(names.size() - NAMED) : "");
    }

    /** Whoever writes the configuration chooses names. */
    private static String harmless(String name) {
        return name.replaceAll("[^A-Za-z0-9:/. -]", "?");
    }
}
