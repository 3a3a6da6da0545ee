package dev.ephemera.cost;

import java.math.BigDecimal;

/**
 * US dollars for one unit, more than 0: what is not known has no price, and what is free no line.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code usd} is anything else.
 */
public record Price(BigDecimal usd) {
    public static final String PATTERN = "(0|[1-9][0-9]{0,6})(\\.[0-9]{1,12})?";

    /** The same in words, for messages. */
    public static final String WANTED = "US dollars above 0 such as \"0.016\"";

    public Price {
        if (usd.signum() <= 0) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(usd.toPlainString(), WANTED));
        }
        usd = usd.stripTrailingZeros();
    }

    /** Throws {@link IllegalArgumentException} when {@code text} is no price. */
    public static Price of(String text) {
        if (!text.matches(PATTERN) || new BigDecimal(text).signum() == 0) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(text, WANTED));
        }
        return new Price(new BigDecimal(text));
    }

    public Amount amount() {
        return Amount.of(usd);
    }

    @Override
    public String toString() {
        return usd.toPlainString();
    }
}
