package dev.ephemera.config;

import dev.ephemera.model.Cidr;
import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.ExposeSpec;
import dev.ephemera.model.JobSpec;
import dev.ephemera.model.MountPath;
import dev.ephemera.model.PodSpec;
import dev.ephemera.model.ProbesSpec.Probe;
import dev.ephemera.model.UrlPath;
import dev.ephemera.model.Variable;
import dev.ephemera.model.Volume;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to hold between the parts of an application, beyond what each of them may be by itself. */
final class Rules {
    /** A ConfigMap may have the name of what reads it. */
    private static final String NAMED_BY_ITSELF = "configMaps";

    private final BlockReader reader;
    private final List<String> namedTogether;
    private final Map<Key, WorkloadSpec> workloads;
    private final Map<Key, JobSpec> jobs;

    Rules(BlockReader reader, Shape.Block application) {
        this.reader = reader;
        this.namedTogether = application
                .keys()
                .filter(key -> key.shape() instanceof Shape.MapOf map
                        && TextForm.of(Key.class).filter(map.name()::equals).isPresent())
                .map(Shape.Key::name)
                .filter(block -> !block.equals(NAMED_BY_ITSELF))
                .toList();
        this.workloads = reader.readAt("workloads");
        this.jobs = reader.readAt("jobs");
    }

    /** Tells what does not hold, as far as what it is about could be read. */
    void check() {
        apart();
        workloads.forEach(this::workload);
        workloads.forEach((key, workload) -> pod("workloads." + key, key, workload.pod()));
        jobs.forEach((key, job) -> pod("jobs." + key, key, job.pod()));
        hosts();
        order();
        access();
    }

    /** Services, Jobs, Secrets and what an extension makes in one namespace are named by these keys. */
    private void apart() {
        var owners = new HashMap<String, String>();
        for (var block : namedTogether) {
            for (var name : reader.namesAt(block)) {
                var other = owners.putIfAbsent(name, block);
                if (other != null) {
                    reader.fault(
                            block + "." + name,
                            "\"%s\" is one of %s too, want one name for one thing".formatted(name, other));
                }
            }
        }
    }

    private void workload(Key key, WorkloadSpec workload) {
        var path = "workloads." + key;
        if (workload.port().isEmpty() && workload.expose().isPresent()) {
            reader.fault(path, "it is exposed but has no port, want the port on which its container listens");
        }
        var probes = workload.probes();
        probe(path + ".probes.readiness", probes.readiness(), workload.port());
        probe(path + ".probes.liveness", probes.liveness(), workload.port());
        probe(path + ".probes.startup", probes.startup(), workload.port());
    }

    private void probe(String path, Optional<Probe> given, Optional<Integer> port) {
        given.ifPresent(probe -> {
            var isConnected = probe.path().isPresent() || probe.port().isPresent();
            if (probe.command().isEmpty() && probe.port().or(() -> port).isEmpty()) {
                reader.fault(path, "the workload has no port, want a port or a command here");
            }
            if (!probe.command().isEmpty() && isConnected) {
                reader.fault(path, "a command has neither path nor port, want one kind of probe");
            }
        });
    }

    private void pod(String path, Key key, PodSpec pod) {
        container(path, pod.container());
        pod.initContainers().forEach((name, container) -> {
            container(path + ".initContainers." + name, container);
            if (name.equals(key)) {
                reader.fault(
                        path + ".initContainers." + name,
                        "\"%s\" is the name of the container itself, want another".formatted(name));
            }
        });
        emptyDirs(path, key, pod);
    }

    /** Containers share an emptyDir that they mount at the same path; with another size it would be another one. */
    private void emptyDirs(String path, Key key, PodSpec pod) {
        var containers = new LinkedHashMap<Key, ContainerSpec>();
        containers.put(key, pod.container());
        containers.putAll(pod.initContainers());
        var first = new HashMap<MountPath, Map.Entry<Key, Volume>>();
        containers.forEach((name, container) -> container.volumes().forEach((mount, volume) -> {
            var other = volume instanceof Volume.EmptyDir ? first.putIfAbsent(mount, Map.entry(name, volume)) : null;
            if (other != null && !other.getValue().equals(volume)) {
                reader.fault(
                        "%s.initContainers.%s.volumes.%s".formatted(path, name, mount),
                        "want the sizeLimit that \"%s\" has there: they share it".formatted(other.getKey()));
            }
        }));
    }

    private void container(String path, ContainerSpec container) {
        container.env().forEach((name, variable) -> {
            var here = path + ".env." + name;
            if (variable instanceof Variable.OfWorkload of
                    && Optional.ofNullable(workloads.get(of.workload()))
                            .filter(other -> other.port().isEmpty())
                            .isPresent()) {
                reader.fault(here, "workload \"%s\" has no port, so no address".formatted(of.workload()));
            }
            if (variable instanceof Variable.OfUrl of
                    && Optional.ofNullable(workloads.get(of.url()))
                            .filter(other -> other.expose().isEmpty())
                            .isPresent()) {
                reader.fault(here, "workload \"%s\" is not exposed, so it has no URL".formatted(of.url()));
            }
        });
    }

    /** One front door, and one workload at each host and path. */
    private void hosts() {
        var primaries = new ArrayList<Key>();
        var taken = new HashMap<String, Key>();
        workloads.forEach((key, workload) -> workload.expose().ifPresent(expose -> {
            if (expose.isPrimary()) {
                primaries.add(key);
            }
            var path = "workloads." + key + ".expose";
            expose.under().ifPresent(owner -> under(path, expose, owner));
            var other = taken.putIfAbsent(expose.under().orElse(key) + " " + prefix(expose.path()), key);
            if (other != null) {
                reader.fault(path, "\"%s\" is at %s there too".formatted(other, expose.path()));
            }
        }));
        if (primaries.size() > 1) {
            reader.fault(
                    "workloads",
                    "%s are all the front door, want one front door: say `primary: false` of the others"
                            .formatted(primaries));
        }
    }

    /** To the Gateway API, a slash at a prefix's end says nothing. */
    private static String prefix(UrlPath path) {
        return path.value().replaceAll("(?<=.)/$", "");
    }

    private void under(String path, ExposeSpec expose, Key owner) {
        if (expose.primary().orElse(false)) {
            reader.fault(path, "it shares a host, so it cannot be the primary one");
        }
        Optional.ofNullable(workloads.get(owner))
                .filter(other -> other.expose()
                        .filter(exposed -> exposed.under().isEmpty())
                        .isEmpty())
                .ifPresent(other -> reader.fault(
                        path + ".under",
                        "got \"%s\", want a workload that is exposed at a host of its own".formatted(owner)));
    }

    private void access() {
        var isLimited =
                !reader.<List<Cidr>>valueAt("access.cidrs").orElse(List.of()).isEmpty();
        if (isLimited && reader.valueAt("dns.gateway.controller").isEmpty()) {
            reader.fault(
                    "access.cidrs",
                    "the Gateway has to see to it, and each kind in a way of its own: want dns.gateway.controller, traefik or envoy");
        }
    }

    private void order() {
        jobs.keySet().forEach(key -> {
            if (isAfterItself(key)) {
                reader.fault("jobs." + key + ".after", "\"%s\" would have to run after itself".formatted(key));
            }
        });
    }

    private boolean isAfterItself(Key job) {
        var seen = new HashSet<Key>();
        var next = new ArrayDeque<>(earlier(job));
        while (!next.isEmpty()) {
            var key = next.pop();
            if (key.equals(job)) {
                return true;
            }
            if (seen.add(key)) {
                next.addAll(earlier(key));
            }
        }
        return false;
    }

    private List<Key> earlier(Key job) {
        return Optional.ofNullable(jobs.get(job)).map(JobSpec::after).orElse(List.of());
    }
}
