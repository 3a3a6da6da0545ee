package dev.ephemera.config;

import dev.ephemera.model.AllowedSpec;
import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.DatabaseSpec;
import dev.ephemera.model.JobSpec;
import dev.ephemera.model.PodSpec;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holds an application to what the default branch allows. What {@code preview.yaml} says itself is the default branch's own:
 * where something is not allowed to be asked for, it may stand in the application exactly as it stands there.
 */
final class Limits {
    private final Layers layers;
    private final Node.Mapping merged;
    private final BlockReader reader;

    Limits(Layers layers, Node.Mapping merged, BlockReader reader) {
        this.layers = layers;
        this.merged = merged;
        this.reader = reader;
    }

    /** What the overlay says of it. */
    private record Said(AllowedSpec allowed) {}

    /** Tells every breach, as far as what it is about could be read. */
    void check(Faults faults) {
        layers.allowedByItself()
                .ifPresent(
                        block -> faults.add(
                                block.place(),
                                Layers.ALLOWED,
                                "an application does not say itself what it may ask for, want it in preview.yaml, which a pipeline takes from the default branch"));
        layers.allowed()
                .flatMap(block -> new BlockReader(block, faults).read(Said.class))
                .map(Said::allowed)
                .ifPresent(this::check);
    }

    private void check(AllowedSpec allowed) {
        Map<Key, WorkloadSpec> workloads = reader.readAt("workloads");
        Map<Key, JobSpec> jobs = reader.readAt("jobs");
        var count = reader.namesAt("workloads").size();
        allowed.workloads()
                .filter(most -> count > most)
                .ifPresent(most -> reader.fault(
                        "workloads", "got %d workloads, want at most %d (%s)".formatted(count, most, by("workloads"))));
        workloads.forEach((key, workload) -> {
            allowed.replicas()
                    .filter(most -> workload.replicas() > most)
                    .ifPresent(most ->
                            tooMuch("workloads.%s.replicas".formatted(key), workload.replicas(), most, "replicas"));
            pod(allowed, "workloads." + key, workload.pod());
        });
        jobs.forEach((key, job) -> pod(allowed, "jobs." + key, job.pod()));
        databases(allowed);
        asked(allowed, workloads, jobs);
    }

    private void databases(AllowedSpec allowed) {
        Map<Key, DatabaseSpec> databases = reader.readAt("databases");
        allowed.instanceClasses()
                .ifPresent(classes -> databases.forEach((key, database) -> {
                    if (!classes.contains(database.instanceClass())) {
                        reader.fault(
                                "databases.%s.instanceClass".formatted(key),
                                "got %s, want %s"
                                        .formatted(database.instanceClass(), oneOf(classes, "instanceClasses")));
                    }
                }));
    }

    private void pod(AllowedSpec allowed, String path, PodSpec pod) {
        container(allowed, path, pod.container());
        pod.initContainers()
                .forEach((name, container) -> container(allowed, path + ".initContainers." + name, container));
    }

    private void container(AllowedSpec allowed, String path, ContainerSpec container) {
        if (!allowed.admits(container.image())) {
            reader.fault(
                    path + ".image",
                    "got %s, want an image of %s"
                            .formatted(container.image(), oneOf(allowed.images().orElse(List.of()), "images")));
        }
        var resources = container.resources();
        if (!allowed.admits(resources.cpu())) {
            tooMuch(path + ".resources.cpu", resources.cpu(), allowed.cpu().orElseThrow(), "cpu");
        }
        if (!allowed.admits(resources.memory())) {
            tooMuch(
                    path + ".resources.memory",
                    resources.memory(),
                    allowed.memory().orElseThrow(),
                    "memory");
        }
    }

    private void tooMuch(String path, Object got, Object most, String limit) {
        reader.fault(path, "got %s, want at most %s (%s)".formatted(got, most, by(limit)));
    }

    /** What may stand in the application only as the overlay has it. */
    private void asked(AllowedSpec allowed, Map<Key, WorkloadSpec> workloads, Map<Key, JobSpec> jobs) {
        if (!allowed.egress() && !isSaid("egress")) {
            reader.fault("egress", notAsked("egress"));
        }
        if (!allowed.secrets()) {
            reader.namesAt("secrets").forEach(name -> refuseUnlessSaid("secrets", "secrets", name));
        }
        if (!allowed.serviceAccounts()) {
            workloads
                    .keySet()
                    .forEach(key -> refuseUnlessSaid("serviceAccounts", "workloads", key.value(), "serviceAccount"));
            jobs.keySet().forEach(key -> refuseUnlessSaid("serviceAccounts", "jobs", key.value(), "serviceAccount"));
        }
        if (!allowed.hosts()) {
            workloads.keySet().forEach(key -> refuseUnlessSaid("hosts", "workloads", key.value(), "expose"));
            reader.namesAt("dns").forEach(name -> refuseUnlessSaid("hosts", "dns", name));
        }
    }

    private void refuseUnlessSaid(String limit, String... path) {
        if (!isSaid(path)) {
            reader.fault(String.join(".", path), notAsked(limit));
        }
    }

    private static String notAsked(String limit) {
        return "preview.yaml does not say the same, and a pull request may not ask for it (%s); want it there too, or not at all"
                .formatted(by(limit));
    }

    /** Whether nothing is there, or exactly what the overlay has there itself. */
    private boolean isSaid(String... path) {
        var there = at(merged, path);
        return there.isEmpty()
                || layers.preview()
                        .flatMap(over -> at(over, path))
                        .filter(said -> isSame(there.get(), said))
                        .isPresent();
    }

    private static Optional<Node> at(Node.Mapping root, String... path) {
        Optional<Node> here = Optional.of(root);
        for (var name : path) {
            here = here.filter(Node.Mapping.class::isInstance)
                    .map(Node.Mapping.class::cast)
                    .flatMap(block -> Optional.ofNullable(block.fields().get(name)));
        }
        return here;
    }

    /** Wherever the two stand. */
    private static boolean isSame(Node one, Node other) {
        if (one instanceof Node.Mapping block && other instanceof Node.Mapping otherBlock) {
            return block.fields().keySet().equals(otherBlock.fields().keySet())
                    && block.fields().entrySet().stream()
                            .allMatch(field -> Optional.ofNullable(
                                            otherBlock.fields().get(field.getKey()))
                                    .filter(value -> isSame(field.getValue(), value))
                                    .isPresent());
        }
        if (one instanceof Node.Sequence list && other instanceof Node.Sequence otherList) {
            var elements = list.elements();
            return elements.size() == otherList.elements().size()
                    && IntStream.range(0, elements.size())
                            .allMatch(i ->
                                    isSame(elements.get(i), otherList.elements().get(i)));
        }
        return one instanceof Node.Text text && other instanceof Node.Text otherText
                ? text.value().equals(otherText.value())
                : one instanceof Node.Literal literal
                        && other instanceof Node.Literal otherLiteral
                        && literal.written().equals(otherLiteral.written());
    }

    private static String oneOf(List<?> values, String limit) {
        return values.isEmpty()
                ? "none (%s is empty)".formatted(by(limit))
                : "one of %s (%s)"
                        .formatted(values.stream().map(Object::toString).collect(Collectors.joining(", ")), by(limit));
    }

    private static String by(String limit) {
        return "%s.%s in preview.yaml".formatted(Layers.ALLOWED, limit);
    }
}
