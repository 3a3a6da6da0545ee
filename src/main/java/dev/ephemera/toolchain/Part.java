package dev.ephemera.toolchain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a command can ask for. In the order in which they are set up: what is quick, or needed first, comes first. */
public enum Part {
    /** Pulumi's command line and Java language host. */
    ENGINE(Component.PULUMI),
    /** The Gateway API's custom resource definitions. */
    GATEWAY_API(Component.GATEWAY_API),
    /** An AWS emulator. */
    MOTO(Component.MOTO),
    /** A control plane on one machine: etcd, API server, controller manager, scheduler, kwok. */
    CLUSTER(Component.ETCD, Component.KWOK, Component.KUBERNETES),
    /** Pulumi's provider plugin for Kubernetes. */
    KUBERNETES_PROVIDER(Component.KUBERNETES_PROVIDER),
    /** A database server. */
    DATABASE(Component.POSTGRESQL),
    /** A message broker. */
    BROKER(Component.NATS_SERVER),
    /** What a real node runs beside the control plane; on Linux only. */
    NODE(Component.NODE_PROGRAMS, Component.KUBERNETES_NODE, Component.KUBE_ROUTER, Component.COREDNS),
    /** A gateway controller for the Gateway API, and the definitions of its own kinds. */
    GATEWAY(Component.TRAEFIK, Component.TRAEFIK_DEFINITIONS),
    /** What runs and checks GitHub's workflows in tests. */
    WORKFLOWS(Component.WORKFLOWS),
    /** What runs GitLab's pipelines in tests; by Node.js. */
    PIPELINES(Component.PIPELINES);

    private final List<Component> components;

    Part(Component... components) {
        this.components = List.of(components);
    }

    List<Component> components() {
        return components;
    }

    public List<Tool> tools() {
        return components.stream().flatMap(c -> c.tools().stream()).toList();
    }

    /** The name on the command line: {@code gateway-api}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Throws {@link IllegalArgumentException} with the names that exist. */
    public static Part labelled(String label) {
        return Arrays.stream(values())
                .filter(part -> part.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no part '" + label + "'; there are "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Part::label).toList())));
    }
}
