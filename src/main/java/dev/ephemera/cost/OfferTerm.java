package dev.ephemera.cost;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What AWS asks for a product from some time on, on demand.
 *
 * @param effective from when on
 * @param tiers one each for the first so many units, the next, and so on
 */
record OfferTerm(Instant effective, List<Tier> tiers) {
    /**
     * @param usd empty when it is sold for another currency
     */
    record Tier(String unit, Optional<BigDecimal> usd) {}

    OfferTerm {
        tiers = List.copyOf(tiers);
    }

    /**
     * The price of a unit. How much else the account uses, and so in which tier it is, nobody knows here: the dearest tier is
     * taken, also because the first may be free.
     *
     * @throws Refused when there is none, with why
     */
    Price price(PriceItem item) throws Refused {
        for (var tier : tiers) {
            if (!isSoldBy(item.unit(), tier.unit())) {
                throw new Refused("it is sold by \"%s\", want %s".formatted(tier.unit(), item.unit()));
            }
            if (tier.usd().isEmpty()) {
                throw new Refused("its price is not in US dollars");
            }
        }
        var dearest = tiers.stream()
                .flatMap(tier -> tier.usd().stream())
                .max(Comparator.naturalOrder())
                .filter(usd -> usd.signum() > 0)
                .orElseThrow(() -> new Refused("it is listed without a price above 0"));
        return new Price(dearest);
    }

    /** What is paid for by the month has the unit's name there: {@code Secrets}, {@code HostedZone}. */
    private static boolean isSoldBy(PriceUnit wanted, String unit) {
        return switch (wanted) {
            case HOURS -> unit.equalsIgnoreCase("Hrs") || unit.equalsIgnoreCase("Hours");
            case GB_MONTH -> unit.equalsIgnoreCase("GB-Mo") || unit.equalsIgnoreCase("GB-Month");
            case REQUESTS -> unit.equalsIgnoreCase("Queries") || unit.equalsIgnoreCase("Requests");
            case MONTHS -> !unit.equalsIgnoreCase("Hrs") && !unit.equalsIgnoreCase("Hours");
            case VCPU_HOURS, GIB_HOURS -> false;
        };
    }

    /** Why something has no price that could be taken from the list. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String because) {
            super(because);
        }
    }
}
