package dev.ephemera.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The sandbox's programs, from the directory that {@code EPHEMERA_SANDBOX_PROGRAMS} names. */
public final class ToolchainPrograms implements Programs.Source {
    private final Map<String, String> environment;

    public ToolchainPrograms(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Programs provide(boolean withControlPlane) {
        var bin = Path.of(environment.getOrDefault("EPHEMERA_SANDBOX_PROGRAMS", "bin"))
                .toAbsolutePath();
        return new Programs(
                bin.resolve("pulumi"),
                bin.resolve("pulumi-language-java"),
                bin.resolve("pulumi-resource-kubernetes"),
                bin.resolve("python"),
                withControlPlane
                        ? Optional.of(new Programs.ControlPlanePrograms(
                                bin.resolve("kwokctl"),
                                bin.resolve("kwok"),
                                bin.resolve("etcd"),
                                bin.resolve("kube-apiserver"),
                                bin.resolve("kube-controller-manager"),
                                bin.resolve("kube-scheduler"),
                                bin.resolve("gateway-api")))
                        : Optional.empty());
    }
}
