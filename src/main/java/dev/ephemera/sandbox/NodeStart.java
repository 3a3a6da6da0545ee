package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.node.Cgroups;
import dev.ephemera.sandbox.node.ContainerRuntime;
import dev.ephemera.sandbox.node.Launch;
import dev.ephemera.sandbox.node.NameServer;
import dev.ephemera.sandbox.node.Namespaces;
import dev.ephemera.sandbox.node.NetworkPolicies;
import dev.ephemera.sandbox.node.NodePrograms;
import dev.ephemera.sandbox.node.RealNode;
import dev.ephemera.sandbox.node.RealNode.ClusterAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts what does not run of the real node, step by step as the control plane and the cloud come up. */
final class NodeStart {
    private final SandboxDirectory directory;
    private final Processes processes;
    private final Addresses addresses;
    private final Health health;
    private final NodePrograms programs;
    private final Consumer<String> progress;
    private final Namespaces namespaces;
    private final ClusterAccess cluster;
    private final RealNode node;

    NodeStart(
            SandboxDirectory directory,
            Processes processes,
            Addresses addresses,
            Health health,
            NodePrograms programs,
            ControlPlane controlPlane,
            Consumer<String> progress) {
        this.directory = directory;
        this.processes = processes;
        this.addresses = addresses;
        this.health = health;
        this.programs = programs;
        this.progress = progress;
        this.namespaces = NodeEnd.namespaces(directory, addresses);
        var certificates = controlPlane.certificates();
        this.cluster = new ClusterAccess(
                directory.kubeconfig(),
                "https://" + addresses.describe(Part.APISERVER_LINK),
                certificates.resolve("ca.crt"),
                certificates.resolve("admin.crt"),
                certificates.resolve("admin.key"));
        this.node = new RealNode(directory.node(), programs, addresses.network(), NodeEnd.cgroup(directory));
    }

    /** Its namespaces and the link to them, with this machine's addresses. */
    void namespaces() throws IOException {
        var version = programs.version();
        if (processes.isAlive(Part.NODE)) {
            if (processes
                    .record(Part.NODE)
                    .filter(record -> record.version().equals(version))
                    .isPresent()) {
                return;
            }
            // It sees no other programs than those that were there when it was made.
            NodeEnd.end(processes);
        }
        NodeEnd.clean(directory);
        addresses.network().refuseTaken();
        Files.createDirectories(directory.node());
        new Cgroups(NodeEnd.cgroup(directory)).create();
        processes.start(Part.NODE, namespaces.first(programs), version);
        health.await(Part.NODE, () -> Files.exists(namespaces.ready()));
        namespaces.connect(first(), programs.nft(), addresses.ports().of(Part.KUBE_APISERVER));
        lookForPolicies();
    }

    private void lookForPolicies() throws IOException {
        var obstacle = policies().obstacle();
        Files.deleteIfExists(directory.unenforcedPolicies());
        if (obstacle.isPresent()) {
            progress.accept("  Network policies are NOT enforced here: " + obstacle.get());
            WholeFile.write(directory.unenforcedPolicies(), obstacle.get() + "\n");
        }
    }

    private NetworkPolicies policies() throws IOException {
        return new NetworkPolicies(namespaces, first(), programs);
    }

    /** Containers, and the image that every pod takes. */
    void containers() throws IOException {
        if (processes.isAlive(Part.CONTAINERD)) {
            return;
        }
        enter(Part.CONTAINERD, node::containerd);
        var runtime = runtime(directory, processes, addresses, programs);
        health.await(Part.CONTAINERD, runtime::isReady);
        runtime.importPauseImage();
    }

    /** The way to the control plane, for which nobody has to answer there yet. */
    void link() throws IOException {
        if (!processes.isAlive(Part.APISERVER_LINK)) {
            // etcd's gateway hands on connections of any kind. By this name a process of this sandbox is told.
            var program = directory.node().resolve(Part.APISERVER_LINK.program());
            Links.set(program, programs.etcd());
            processes.start(
                    Part.APISERVER_LINK,
                    new Launch(
                            List.of(
                                    program.toString(),
                                    "gateway",
                                    "start",
                                    "--listen-addr=" + addresses.describe(Part.APISERVER_LINK),
                                    "--endpoints=" + addresses.describe(Part.KUBE_APISERVER),
                                    "--retry-delay=1s"),
                            Map.of("HOME", directory.node().toString())),
                    "");
        }
    }

    /** What needs the control plane. */
    void agents() throws IOException {
        node.writeAccess(cluster);
        health.await(Part.APISERVER_LINK);
        enter(Part.KUBELET, node::kubelet);
        enter(Part.KUBE_PROXY, node::kubeProxy);
    }

    /** What needs the Gateway API. */
    void gateway() throws IOException {
        enter(Part.TRAEFIK, node::traefik);
    }

    /** Returns when pods can be scheduled to it and the Gateway has its address. */
    void awaitReady(ClusterApi api, Seed.GatewayReference gateway) throws IOException {
        health.await(Part.KUBELET);
        health.await(Part.KUBELET, () -> api.hasCondition("/api/v1/nodes/" + RealNode.NAME, "Ready"));
        if (!Files.exists(directory.unenforcedPolicies())) {
            // It ends where the cluster does not know its node yet.
            enter(Part.KUBE_ROUTER, node::kubeRouter);
            health.await(Part.KUBE_ROUTER, policies()::areEnforced);
        }
        health.await(Part.KUBE_PROXY);
        health.await(Part.TRAEFIK);
        health.await(
                Part.TRAEFIK,
                () -> api.hasCondition(
                        "/apis/gateway.networking.k8s.io/v1/namespaces/%s/gateways/%s"
                                .formatted(gateway.namespace(), gateway.name()),
                        "Programmed"));
    }

    /** By which a command finds the names. */
    Path resolver() {
        return directory.node().resolve("resolv.conf");
    }

    /** What needs the cloud. */
    void names(String zone, String zoneId) throws IOException {
        var current =
                processes.record(Part.COREDNS).filter(record -> record.version().equals(zoneId));
        if (current.isPresent() && processes.isAlive(Part.COREDNS)) {
            return;
        }
        processes.end(Part.COREDNS);
        var server = new NameServer(
                directory.node(),
                programs.coreDns(),
                addresses.network(),
                directory.kubeconfig(),
                directory.databaseNames());
        processes.start(
                Part.COREDNS,
                server.launch(zone, zoneId, LocalCloud.environment(directory, addresses.ports())),
                zoneId);
        health.await(Part.COREDNS);
    }

    /** The container runtime of a node that runs. */
    static ContainerRuntime runtime(
            SandboxDirectory directory, Processes processes, Addresses addresses, NodePrograms programs)
            throws IOException {
        return new ContainerRuntime(
                directory.node(), programs, NodeEnd.namespaces(directory, addresses), first(processes));
    }

    /** Prepares a launch, which writes files. */
    private interface Preparation {
        Launch launch() throws IOException;
    }

    /** Starts what does not run. Nothing is written under one that does: kube-proxy ends where its file changes. */
    private void enter(Part part, Preparation preparation) throws IOException {
        if (!processes.isAlive(part)) {
            processes.startInside(part, namespaces.enter(first(), preparation.launch()));
        }
    }

    private long first() throws IOException {
        return first(processes);
    }

    private static long first(Processes processes) throws IOException {
        return processes
                .record(Part.NODE)
                .orElseThrow(() -> new Failure(Exit.FAILED, "the real node has ended; run again"))
                .process()
                .pid();
    }
}
