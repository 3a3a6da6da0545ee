package dev.ephemera.config;

import dev.ephemera.model.Cidr;
import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.ExposeSpec;
import dev.ephemera.model.JobSpec;
import dev.ephemera.model.MountPath;
import dev.ephemera.model.PodSpec;
import dev.ephemera.model.ProbesSpec.Probe;
import dev.ephemera.model.Variable;
import dev.ephemera.model.Volume;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has to hold between the parts of an application, beyond what each of them may be by itself. */
final class Rules {
    private static final List<String> NAMED_TOGETHER = List.of("workloads", "jobs", "databases", "secrets");

    private final BlockReader reader;
    private final Map<Key, WorkloadSpec> workloads;
    private final Map<Key, JobSpec> jobs;

    Rules(BlockReader reader) {
        this.reader = reader;
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

    /** Services, Jobs and Secrets of one namespace are named by these keys. */
    private void apart() {
        var owners = new HashMap<Key, String>();
        for (var block : NAMED_TOGETHER) {
            for (var key : reader.<Key, Object>readAt(block).keySet()) {
                var other = owners.putIfAbsent(key, block);
                if (other != null) {
                    reader.fault(
                            block + "." + key,
                            "\"%s\" is one of %s too, want one name for one thing".formatted(key, other));
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
            var other = taken.putIfAbsent(expose.under().orElse(key) + " " + expose.path(), key);
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
            if (isAfter(key, key, new LinkedHashSet<>())) {
                reader.fault("jobs." + key + ".after", "\"%s\" would have to run after itself".formatted(key));
            }
        });
    }

    private boolean isAfter(Key job, Key sought, Set<Key> seen) {
        var spec = jobs.get(job);
        return spec != null
                && spec.after().stream()
                        .anyMatch(earlier ->
                                earlier.equals(sought) || seen.add(earlier) && isAfter(earlier, sought, seen));
    }
}
