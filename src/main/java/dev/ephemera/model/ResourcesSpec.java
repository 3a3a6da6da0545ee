package dev.ephemera.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a container asks for. Memory is request and limit alike; CPU is a request only, so that a pod may use what is idle.
 *
 * @param cpu a Kubernetes quantity, for example {@code 500m}
 * @param memory a Kubernetes quantity, for example {@code 512Mi}
 */
public record ResourcesSpec(String cpu, String memory) {
    /** A tenth of a core and 128 MiB: enough to start, little enough to be noticed when it is too little. */
    public static final ResourcesSpec DEFAULT = new ResourcesSpec("100m", "128Mi");

    private static final Map<String, BigDecimal> UNITS = Map.of(
            "m", new BigDecimal("0.001"),
            "k", BigDecimal.TEN.pow(3),
            "M", BigDecimal.TEN.pow(6),
            "G", BigDecimal.TEN.pow(9),
            "T", BigDecimal.TEN.pow(12),
            "Ki", BigDecimal.valueOf(1L << 10),
            "Mi", BigDecimal.valueOf(1L << 20),
            "Gi", BigDecimal.valueOf(1L << 30),
            "Ti", BigDecimal.valueOf(1L << 40));

    BigDecimal cores() {
        return number(cpu);
    }

    BigDecimal bytes() {
        return number(memory);
    }

    private static BigDecimal number(String quantity) {
        var number = quantity.replaceFirst("[A-Za-z]+$", "");
        return new BigDecimal(number).multiply(UNITS.getOrDefault(quantity.substring(number.length()), BigDecimal.ONE));
    }
}
