package dev.ephemera.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is written and run for the parts of the node: containers (containerd), the kubelet, Services (kube-proxy), network
 * policies (kube-router) and the Gateway (Traefik), all in the node's {@link Namespaces}.
 */
public final class RealNode {
    /** Its name in the cluster. */
    public static final String NAME = "node";

    static final String SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path directory;
    private final NodePrograms programs;
    private final Map<String, String> values;

    /**
     * @param directory the node's own
     * @param cgroup what the control groups of its pods are below
     */
    public RealNode(Path directory, NodePrograms programs, NodeNetwork network, String cgroup) {
        this.directory = directory;
        this.programs = programs;
        this.values = new TreeMap<>(Map.of(
                "directory", directory.toString(),
                "name", NAME,
                "machine", network.machine(),
                "node", network.node(),
                "pods", NodeNetwork.PODS,
                "cgroup", cgroup,
                "kubeconfig", kubeconfig().toString(),
                "cniPlugins", programs.cniPlugins().toString(),
                "pauseImage", PauseImage.NAME));
        values.putAll(Map.of(
                "certificateAuthority", directory.resolve("ca.crt").toString(),
                "certificate", directory.resolve("node.crt").toString(),
                "key", directory.resolve("node.key").toString()));
    }

    /**
     * The control plane's files.
     *
     * @param kubeconfig an administrator's, with the control plane's address on this machine
     * @param server the control plane's address on the link
     * @param certificateAuthority what signs the certificates of those who may ask the kubelet for logs
     * @param certificate the kubelet's own
     */
    public record ClusterAccess(
            Path kubeconfig, String server, Path certificateAuthority, Path certificate, Path key) {}

    /** Runs containers. It answers when {@link ContainerRuntime#isReady} says so. */
    public Launch containerd() throws IOException {
        Files.createDirectories(directory.resolve("cni"));
        Template.write("pods.conflist", values, directory.resolve("cni/10-pods.conflist"));
        var configuration = Template.write("containerd.toml", values, directory.resolve("containerd.toml"));
        return launch(programs.containerd(), "--config", configuration.toString());
    }

    /** Copies what the following ones reach the control plane by into the node, which sees nothing else of ours. */
    public void writeAccess(ClusterAccess cluster) throws IOException {
        copy(cluster.certificateAuthority(), "certificateAuthority");
        copy(cluster.certificate(), "certificate");
        copy(cluster.key(), "key");
        var text = Files.readString(cluster.kubeconfig())
                .replaceFirst("server: \\S+", "server: " + cluster.server())
                .replaceAll("client-certificate: .*", "client-certificate: " + values.get("certificate"))
                .replaceAll("client-key: .*", "client-key: " + values.get("key"))
                .replaceAll(
                        "certificate-authority: .*", "certificate-authority: " + values.get("certificateAuthority"));
        Files.writeString(kubeconfig(), text);
    }

    private void copy(Path file, String value) throws IOException {
        Files.copy(file, Path.of(values.get(value)), StandardCopyOption.REPLACE_EXISTING);
    }

    public Launch kubelet() throws IOException {
        // Pods that ask for the node's own resolver get none: there is nobody to ask but the cluster's.
        Files.writeString(directory.resolve("resolv.conf"), "nameserver " + values.get("machine") + "\n");
        var configuration = Template.write("kubelet.yaml", values, directory.resolve("kubelet.yaml"));
        return launch(
                programs.kubelet(),
                "--config=" + configuration,
                "--kubeconfig=" + kubeconfig(),
                "--root-dir=" + directory.resolve("kubelet"),
                "--hostname-override=" + NAME,
                "--node-ip=" + values.get("node"));
    }

    public Launch kubeProxy() throws IOException {
        var configuration = Template.write("kube-proxy.yaml", values, directory.resolve("kube-proxy.yaml"));
        return launch(programs.kubeProxy(), "--config=" + configuration);
    }

    /** Network policies only. */
    public Launch kubeRouter() {
        return launch(
                programs.kubeRouter(),
                "--kubeconfig=" + kubeconfig(),
                "--hostname-override=" + NAME,
                "--run-firewall=true",
                "--run-router=false",
                "--run-service-proxy=false",
                "--run-loadbalancer=false",
                "--service-cluster-ip-range=" + NodeNetwork.SERVICES,
                "--health-port=0");
    }

    public Launch traefik() throws IOException {
        var configuration = Template.write("traefik.yaml", values, directory.resolve("traefik.yaml"));
        return launch(programs.traefik(), "--configFile=" + configuration);
    }

    private Launch launch(Path program, String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new Launch(
                command,
                Map.of(
                        "PATH",
                        programs.searchPath() + ":" + SYSTEM_PATH,
                        "HOME",
                        directory.toString(),
                        "KUBECONFIG",
                        kubeconfig().toString(),
                        // kube-router asks for it beside its option.
                        "NODE_NAME",
                        NAME));
    }

    private Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }
}
