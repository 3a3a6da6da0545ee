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
                        Collections.nCopies(GENERATIONS * (workload.replicas() + 1), asked(workload.pod()))));
        application.jobs().values().forEach(job -> pods.addAll(Collections.nCopies(GENERATIONS, asked(job.pod()))));
        var limits = application.limits();
        return new Quota(
                limits.pods().orElse(pods.size()),
                limits.cpu()
                        .map(CpuQuantity::value)
                        .orElseGet(() -> sum(pods, size -> size.cpu().cores()).toPlainString()),
                limits.memory()
                        .map(MemoryQuantity::value)
                        .orElseGet(() -> sum(pods, size -> size.memory().bytes())
                                        .divide(MEBIBYTE, 0, RoundingMode.CEILING)
                                        .toPlainString()
                                + "Mi"));
    }

    /** The scheduler counts of each resource the most that one container takes, because they run one after the other. */
    private static ResourcesSpec asked(PodSpec pod) {
        return pod.containers()
                .map(ContainerSpec::resources)
                .reduce((one, other) -> new ResourcesSpec(
                        one.cpu().cores().compareTo(other.cpu().cores()) < 0 ? other.cpu() : one.cpu(),
                        one.memory().bytes().compareTo(other.memory().bytes()) < 0 ? other.memory() : one.memory()))
                .orElseThrow();
    }

    private static BigDecimal sum(List<ResourcesSpec> pods, Function<ResourcesSpec, BigDecimal> part) {
        return pods.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add).stripTrailingZeros();
    }
}
