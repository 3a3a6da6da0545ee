package dev.ephemera.model;

import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ShortHash;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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

    /**
     * The workloads with every address in their variables filled in, and with the ConfigMaps they mount under the names that
     * {@link #configMapName} gives.
     */
    public Map<Key, WorkloadSpec> workloads() {
        return mapped(application.workloads(), workload -> workload.withPod(filledIn(workload.pod())));
    }

    /** The jobs, as {@link #workloads}, each behind those that it comes after. */
    public Map<Key, JobSpec> jobsInOrder() {
        Set<Key> order = new LinkedHashSet<>();
        application.jobs().keySet().forEach(key -> addAfterEarlier(key, order));
        var jobs = new LinkedHashMap<Key, JobSpec>();
        order.forEach(key -> {
            var job = Objects.requireNonNull(application.jobs().get(key));
            jobs.put(key, job.withPod(filledIn(job.pod())));
        });
        return jobs;
    }

    private void addAfterEarlier(Key job, Set<Key> order) {
        if (!order.contains(job)) {
            Objects.requireNonNull(application.jobs().get(job))
                    .after()
                    .forEach(earlier -> addAfterEarlier(earlier, order));
            order.add(job);
        }
    }

    /**
     * The name of a ConfigMap of the application's: another one for other content, so that whatever mounts it is rolled out
     * when that changes, and old pods keep what they had.
     */
    public ObjectName configMapName(Key key) {
        return new ObjectName(key + "-"
                + ShortHash.ofMap(
                        Objects.requireNonNull(application.configMaps().get(key))));
    }

    private PodSpec filledIn(PodSpec pod) {
        return pod.mapped(container -> new ContainerSpec(
                container.image(),
                container.command(),
                container.args(),
                mapped(container.env(), this::filledIn),
                container.resources(),
                mapped(container.volumes(), this::filledIn)));
    }

    private Variable filledIn(Variable variable) {
        if (variable instanceof Variable.OfWorkload of) {
            return new Variable.Literal(
                    internalUrl(of.workload(), of.scheme()).orElseThrow(() -> noAddress(of.workload())));
        }
        return variable instanceof Variable.OfUrl of
                ? new Variable.Literal(url(of.url()).orElseThrow(() -> noAddress(of.url())))
                : variable;
    }

    private Volume filledIn(Volume volume) {
        return volume instanceof Volume.OfConfigMap of
                ? application.configMaps().keySet().stream()
                        .filter(key -> key.value().equals(of.configMap().value()))
                        .findFirst()
                        .<Volume>map(key -> new Volume.OfConfigMap(configMapName(key)))
                        .orElse(volume)
                : volume;
    }

    private static IllegalArgumentException noAddress(Key workload) {
        return new IllegalArgumentException("workload %s has no such address".formatted(workload));
    }

    private static <K, V> Map<K, V> mapped(Map<K, V> values, UnaryOperator<V> change) {
        var changed = new LinkedHashMap<K, V>();
        values.forEach((key, value) -> changed.put(key, change.apply(value)));
        return changed;
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
