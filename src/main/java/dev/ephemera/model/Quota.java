package dev.ephemera.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * The most that an environment may take of the cluster.
 *
 * <p>What the application does not limit itself is twice what all its pods ask for, with one more of each workload: an
 * update starts new pods before it ends the old ones, and those count until they are gone. Room for {@value #SPARE} pods of
 * the default size comes on top, for whoever looks into the environment.
 *
 * @param pods those that have not ended
 * @param cpu a Kubernetes quantity, the sum of all requests
 * @param memory a Kubernetes quantity, the sum of all requests, and that of all limits
 */
public record Quota(int pods, String cpu, String memory) {
    private static final int SPARE = 10;
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);
    /** Of each pod: the old one and the new one. */
    private static final int GENERATIONS = 2;

    public static Quota of(ApplicationSpec application) {
        var pods = new ArrayList<>(Collections.nCopies(SPARE, ResourcesSpec.DEFAULT));
        application
                .workloads()
                .values()
                .forEach(workload -> pods.addAll(
                        Collections.nCopies(GENERATIONS * (workload.replicas() + 1), workload.resources())));
        pods.addAll(Collections.nCopies(GENERATIONS * application.jobs().size(), ResourcesSpec.DEFAULT));
        var limits = application.limits();
        return new Quota(
                limits.pods().orElse(pods.size()),
                limits.cpu().orElseGet(() -> sum(pods, ResourcesSpec::cores).toPlainString()),
                limits.memory()
                        .orElseGet(() -> sum(pods, ResourcesSpec::bytes)
                                        .divide(MEBIBYTE, 0, RoundingMode.CEILING)
                                        .toPlainString()
                                + "Mi"));
    }

    private static BigDecimal sum(List<ResourcesSpec> pods, Function<ResourcesSpec, BigDecimal> part) {
        return pods.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add).stripTrailingZeros();
    }
}
