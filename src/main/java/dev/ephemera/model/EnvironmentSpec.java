package dev.ephemera.model;

import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One environment, everything decided.
 *
 * @param application what runs in it, at the images that this update deploys
 * @param branch the branch it shows, where known
 * @param commit the commit that its images are of, where known
 */
public record EnvironmentSpec(
        EnvironmentNames names, ApplicationSpec application, Optional<String> branch, Optional<String> commit) {

    /** The jobs that have to succeed before the pods of {@code workload} start, in the order of the configuration. */
    public List<Key> jobsBefore(Key workload) {
        return application.jobs().entrySet().stream()
                .filter(job -> job.getValue().before().contains(workload))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The host name that reaches {@code workload}; empty when it is not exposed. */
    public Optional<String> host(Key workload) {
        return expose(workload).map(expose -> {
            var label = names.hostLabel(
                    expose.isPrimary() ? Optional.empty() : Optional.of(workload),
                    application.dns().sharedZone());
            return label + "." + application.dns().zone();
        });
    }

    /** The address that reaches {@code workload}; empty when it is not exposed. */
    public Optional<String> url(Key workload) {
        var scheme = application.dns().https() ? "https" : "http";
        return expose(workload).flatMap(expose -> host(workload).map(host -> scheme + "://" + host + expose.path()));
    }

    /** The address of the workload that is exposed as the primary one; empty when none is. */
    public Optional<String> primaryUrl() {
        return application.workloads().entrySet().stream()
                .filter(workload -> workload.getValue()
                        .expose()
                        .filter(ExposeSpec::isPrimary)
                        .isPresent())
                .findFirst()
                .flatMap(workload -> url(workload.getKey()));
    }

    private Optional<ExposeSpec> expose(Key workload) {
        return Optional.ofNullable(application.workloads().get(workload)).flatMap(WorkloadSpec::expose);
    }
}
