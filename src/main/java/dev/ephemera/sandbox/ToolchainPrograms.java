package dev.ephemera.sandbox;

import dev.ephemera.sandbox.Programs.ControlPlanePrograms;
import dev.ephemera.sandbox.node.NodePrograms;
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
    public Programs provide(Optional<Nodes> nodes) {
        var parts = EnumSet.of(Part.ENGINE, Part.KUBERNETES_PROVIDER, Part.MOTO);
        if (nodes.isPresent()) {
            parts.add(Part.CLUSTER);
            parts.add(Part.GATEWAY_API);
        }
        if (nodes.equals(Optional.of(Nodes.REAL))) {
            parts.add(Part.NODE);
            parts.add(Part.GATEWAY);
        }
        if (DatabaseServers.canRun()) {
            parts.add(Part.DATABASE);
        }
        var tools = toolchain.provide(parts);
        return new Programs(
                tools.path(Tool.PULUMI),
                tools.path(Tool.PULUMI_LANGUAGE_JAVA),
                tools.path(Tool.KUBERNETES_PROVIDER),
                tools.path(Tool.PYTHON_WITH_MOTO),
                parts.contains(Part.DATABASE) ? Optional.of(tools.path(Tool.POSTGRESQL)) : Optional.empty(),
                nodes.map(any -> controlPlane(tools)),
                nodes.filter(Nodes.REAL::equals).map(real -> node(tools)));
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

    private static NodePrograms node(Tools tools) {
        return new NodePrograms(
                tools.path(Tool.CONTAINERD),
                tools.path(Tool.CTR),
                tools.path(Tool.KUBELET),
                tools.path(Tool.KUBE_PROXY),
                tools.path(Tool.KUBE_ROUTER),
                tools.path(Tool.COREDNS),
                tools.path(Tool.TRAEFIK),
                tools.path(Tool.TRAEFIK_CRDS),
                tools.path(Tool.ETCD),
                tools.path(Tool.CNI_PLUGINS),
                tools.path(Tool.BUSYBOX),
                tools.path(Tool.NFT),
                tools.searchPath(Part.NODE));
    }
}
