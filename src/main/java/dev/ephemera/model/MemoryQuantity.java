package dev.ephemera.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Memory or disk space as Kubernetes writes it: bytes, or a decimal or binary multiple of them.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record MemoryQuantity(String value) {
    public static final String PATTERN = "[1-9][0-9]{0,14}(Ki|Mi|Gi|Ti|k|M|G|T)?";

    /** The same in words, for messages. */
    public static final String WANTED = "a memory quantity such as 512Mi";

    private static final Map<String, BigDecimal> UNITS = Map.of(
            "k", BigDecimal.TEN.pow(3),
            "M", BigDecimal.TEN.pow(6),
            "G", BigDecimal.TEN.pow(9),
            "T", BigDecimal.TEN.pow(12),
            "Ki", BigDecimal.valueOf(1L << 10),
            "Mi", BigDecimal.valueOf(1L << 20),
            "Gi", BigDecimal.valueOf(1L << 30),
            "Ti", BigDecimal.valueOf(1L << 40));

    public MemoryQuantity {
        Texts.check(PATTERN, value, WANTED);
    }

    /** As a number. */
    BigDecimal bytes() {
        var number = value.replaceFirst("[A-Za-z]+$", "");
        return new BigDecimal(number).multiply(UNITS.getOrDefault(value.substring(number.length()), BigDecimal.ONE));
    }

    /** As a number of GiB; exact, because a GiB is a power of two. */
    public BigDecimal gib() {
        return bytes().divide(BigDecimal.valueOf(1L << 30));
    }

    @Override
    public String toString() {
        return value;
    }
}
