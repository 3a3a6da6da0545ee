package dev.ephemera.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pull request's {@code application.yaml} may ask for, as the default branch's {@code preview.yaml} says. What is left
 * out is not limited; an empty list lets nothing through.
 *
 * @param instanceClasses of databases
 * @param images repositories, or what they begin with, as far as a slash; one with a tag or digest is that image only
 * @param workloads how many there may be
 * @param replicas of each workload
 * @param cpu of each container
 * @param memory of each container
 * @param egress whether it may ask for more than {@code preview.yaml} says itself; so with the others
 * @param secrets whether copies of Secrets may be asked for
 * @param serviceAccounts whether rights in AWS may be
 * @param hosts whether workloads may be exposed, and {@code dns} be changed
 */
public record AllowedSpec(
        Optional<List<InstanceClass>> instanceClasses,
        Optional<List<ImageReference>> images,
        @Range(least = 0, most = 1000) Optional<Integer> workloads,
        @Range(least = 1, most = 100) Optional<Integer> replicas,
        Optional<CpuQuantity> cpu,
        Optional<MemoryQuantity> memory,
        @Default("true") boolean egress,
        @Default("true") boolean secrets,
        @Default("true") boolean serviceAccounts,
        @Default("true") boolean hosts) {

    public AllowedSpec {
        instanceClasses = instanceClasses.map(List::copyOf);
        images = images.map(List::copyOf);
    }

    /** Whether {@code image} is one of those that are let through. */
    public boolean admits(ImageReference image) {
        return images.filter(all -> all.stream().noneMatch(each -> covers(each, image)))
                .isEmpty();
    }

    /** Whether a container may have so much. */
    public boolean admits(CpuQuantity wanted) {
        return cpu.filter(most -> most.cores().compareTo(wanted.cores()) < 0).isEmpty();
    }

    /** Whether a container may have so much. */
    public boolean admits(MemoryQuantity wanted) {
        return memory.filter(most -> most.bytes().compareTo(wanted.bytes()) < 0).isEmpty();
    }

    private static boolean covers(ImageReference allowed, ImageReference image) {
        var repository = image.repository();
        return Stream.of(image.value(), repository).anyMatch(allowed.value()::equals)
                || repository.startsWith(allowed.value() + "/");
    }
}
