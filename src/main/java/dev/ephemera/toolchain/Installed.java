package dev.ephemera.toolchain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user has installed: a component's programs, all of them, each on PATH and of the pinned minor version or a newer
 * one of the same major version; the Kubernetes provider in Pulumi's plugin cache, in exactly the pinned version.
 *
 * <p>A provider on PATH is not looked for: the engine takes it by itself, whatever its version, with a warning on each run.
 */
final class Installed {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final Pins pins;
    private final PulumiPlugins plugins;
    private final VersionMemory memory;

    Installed(Map<String, String> environment, Pins pins, PulumiPlugins plugins, VersionMemory memory) {
        this.environment = environment;
        this.pins = pins;
        this.plugins = plugins;
        this.memory = memory;
    }

    Optional<Map<Tool, Path>> find(Component component) {
        return switch (component) {
            // The tests' own are always the pinned ones.
            case MOTO, GATEWAY_API, TRAEFIK_DEFINITIONS, POSTGRESQL, WORKFLOWS, PIPELINES -> Optional.empty();
            // An installed NATS server need not be statically linked, and kube-router's releases do not know their
            // version.
            case NATS_SERVER, KUBE_ROUTER -> Optional.empty();
            case KUBERNETES_PROVIDER ->
                plugins.kubernetes(pins.version(component)).map(path -> Map.of(Tool.KUBERNETES_PROVIDER, path));
            case PULUMI -> pulumi();
            case ETCD, KWOK, KUBERNETES, COREDNS -> onPath(component, "--version");
            case TRAEFIK -> onPath(component, "version");
            // Kubernetes supports no kubelet that is newer than the API server, which may be of the pinned minor
            // version.
            case KUBERNETES_NODE ->
                onPath(component, "--version")
                        .filter(tools -> tools.values().stream()
                                .flatMap(path -> version(path, "--version").stream())
                                .allMatch(pins.version(component)::sameMinor));
            case NODE_PROGRAMS -> nodePrograms();
        };
    }

    private Optional<Map<Tool, Path>> onPath(Component component, String question) {
        Version pinned = pins.version(component);
        var found = new EnumMap<Tool, Path>(Tool.class);
        Optional<Version> first = Optional.empty();
        for (Tool tool : component.tools()) {
            Optional<Path> path = Executables.find(tool.file(), environment);
            Optional<Version> version = path.flatMap(p -> version(p, question));
            if (path.isEmpty() || version.isEmpty() || !version.get().replaces(pinned)) {
                return Optional.empty();
            }
            if (first.isPresent() && !first.get().sameMinor(version.get())) {
                return Optional.empty();
            }
            first = version;
            found.put(tool, path.get());
        }
        return Optional.of(found);
    }

    /** Only containerd's version matters; a newer major version reads the older one's configuration. */
    private Optional<Map<Tool, Path>> nodePrograms() {
        var found = new EnumMap<Tool, Path>(Tool.class);
        for (Tool tool : Component.NODE_PROGRAMS.tools()) {
            HostPrograms.find(tool.file(), environment).ifPresent(path -> found.put(tool, path));
        }
        Version oldest = pins.version(Component.NODE_PROGRAMS);
        boolean isNewEnough = HostPrograms.find(Tool.CONTAINERD.file(), environment)
                .flatMap(containerd -> version(containerd, "--version"))
                .filter(version -> version.compareTo(oldest) >= 0)
                .isPresent();
        return isNewEnough && found.size() == Component.NODE_PROGRAMS.tools().size()
                ? Optional.of(found)
                : Optional.empty();
    }

    /** The language host has no way to say its version: it is taken with the command line that it lies beside. */
    private Optional<Map<Tool, Path>> pulumi() {
        Optional<Path> pulumi = Executables.find(Tool.PULUMI.file(), environment)
                .filter(path -> version(path, "version")
                        .map(version -> version.replaces(pins.version(Component.PULUMI)))
                        .orElse(false));
        Optional<Path> host = pulumi.map(path -> path.resolveSibling(Tool.PULUMI_LANGUAGE_JAVA.file()))
                .filter(Executables::isProgram);
        return pulumi.isPresent() && host.isPresent()
                ? Optional.of(Map.of(Tool.PULUMI, pulumi.get(), Tool.PULUMI_LANGUAGE_JAVA, host.get()))
                : Optional.empty();
    }

    private Optional<Version> version(Path program, String question) {
        var child = new HashMap<>(environment);
        child.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        return memory.version(
                program, () -> new Command(List.of(program.toString(), question), Path.of("/"), child).output(ANSWER));
    }
}
