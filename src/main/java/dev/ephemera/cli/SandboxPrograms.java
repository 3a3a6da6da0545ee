package dev.ephemera.cli;

import dev.ephemera.sandbox.Programs;
import dev.ephemera.sandbox.Programs.ControlPlanePrograms;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The sandbox's programs, from a directory until the toolchain is there. */
final class SandboxPrograms {
    private SandboxPrograms() {}

    static Programs find(boolean withControlPlane, Map<String, String> environment) {
        var bin = Path.of(environment.getOrDefault("EPHEMERA_SANDBOX_PROGRAMS", "bin"));
        return new Programs(
                bin.resolve("pulumi"),
                bin.resolve("pulumi-language-java"),
                bin.resolve("pulumi-resource-kubernetes"),
                bin.resolve("python"),
                withControlPlane
                        ? Optional.of(new ControlPlanePrograms(
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
