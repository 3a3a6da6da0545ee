package dev.ephemera.model;

import java.math.BigDecimal;

/**
 * Processor time as Kubernetes writes it: cores, or thousandths of one with {@code m}. Signs and exponents, which no request
 * needs, are not taken.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record CpuQuantity(String value) {
    public static final String PATTERN = "[0-9]{1,6}(\\.[0-9]{1,3})?|[1-9][0-9]{0,8}m";

    /** The same in words, for messages. */
    public static final String WANTED = "a CPU quantity such as 500m or 1.5";

    public CpuQuantity {
        Texts.check(PATTERN, value, WANTED);
    }

    /** As a number. */
    public BigDecimal cores() {
        return value.endsWith("m")
                ? new BigDecimal(value.substring(0, value.length() - 1)).movePointLeft(3)
                : new BigDecimal(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
