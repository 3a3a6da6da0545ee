package dev.ephemera.sandbox;

import dev.ephemera.sandbox.Programs.ControlPlanePrograms;
import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import dev.ephemera.toolchain.Tools;
import java.util.EnumSet;
import java.util.Optional;

/** The sandbox's programs, as the toolchain has them or makes them. */
public final class ToolchainPrograms implements Programs.Source {
    private final Toolchain toolchain;

    public ToolchainPrograms(Toolchain toolchain) {
        this.toolchain = toolchain;
    }

    @Override
    public Programs provide(boolean withControlPlane) {
        var parts = EnumSet.of(Part.ENGINE, Part.KUBERNETES_PROVIDER, Part.MOTO);
        if (withControlPlane) {
            parts.add(Part.CLUSTER);
            parts.add(Part.GATEWAY_API);
        }
        var tools = toolchain.provide(parts);
        return new Programs(
                tools.path(Tool.PULUMI),
                tools.path(Tool.PULUMI_LANGUAGE_JAVA),
                tools.path(Tool.KUBERNETES_PROVIDER),
                tools.path(Tool.PYTHON_WITH_MOTO),
                withControlPlane ? Optional.of(controlPlane(tools)) : Optional.empty());
    }

    private static ControlPlanePrograms controlPlane(Tools tools) {
        return new ControlPlanePrograms(
                tools.path(Tool.KWOKCTL),
                tools.path(Tool.KWOK),
                tools.path(Tool.ETCD),
                tools.path(Tool.KUBE_APISERVER),
                tools.path(Tool.KUBE_CONTROLLER_MANAGER),
                tools.path(Tool.KUBE_SCHEDULER),
                tools.path(Tool.GATEWAY_API_CRDS));
    }
}
