package dev.ephemera.model;

import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One environment, everything decided.
 *
 * @param application what runs in it, at the images that this update deploys
 * @param branch the branch it shows, where known
 * @param commit the commit that its images are of, where known
 */
public record EnvironmentSpec(
        EnvironmentNames names, ApplicationSpec application, Optional<String> branch, Optional<String> commit) {

    /**
     * The jobs that have to succeed before the pods of {@code workload} start, in the order of the configuration: those that
     * stand before it, and those that these come after.
     */
    public List<Key> jobsBefore(Key workload) {
        Set<Key> needed = new LinkedHashSet<>();
        application.jobs().forEach((key, job) -> {
            if (job.before().contains(workload)) {
                addWithEarlier(key, needed);
            }
        });
        return application.jobs().keySet().stream().filter(needed::contains).toList();
    }

    private void addWithEarlier(Key job, Set<Key> needed) {
        if (needed.add(job)) {
            Optional.ofNullable(application.jobs().get(job)).stream()
                    .flatMap(spec -> spec.after().stream())
                    .forEach(earlier -> addWithEarlier(earlier, needed));
        }
    }

    /** The host name that reaches {@code workload}; empty when it is not exposed. */
    public Optional<String> host(Key workload) {
        return expose(workload)
                .flatMap(expose -> expose.under()
                        .map(this::host)
                        .orElseGet(() -> Optional.of(names.hostLabel(
                                        expose.isPrimary() ? Optional.empty() : Optional.of(workload),
                                        application.dns().sharedZone())
                                + "." + application.dns().zone())));
    }

    /** Every host name of the environment, by the workload that it belongs to. */
    public List<Key> hostOwners() {
        return application.workloads().keySet().stream()
                .filter(key ->
                        expose(key).filter(expose -> expose.under().isEmpty()).isPresent())
                .toList();
    }

    /** The address that reaches {@code workload} from outside; empty when it is not exposed. */
    public Optional<String> url(Key workload) {
        var scheme = application.dns().https() ? "https" : "http";
        return expose(workload).flatMap(expose -> host(workload).map(host -> scheme + "://" + host + expose.path()));
    }

    /** The address that reaches {@code workload} from inside the environment; empty when it has no port. */
    public Optional<String> internalUrl(Key workload, String scheme) {
        return Optional.ofNullable(application.workloads().get(workload))
                .flatMap(WorkloadSpec::port)
                .map(port -> "%s://%s:%d".formatted(scheme, workload, port));
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
