package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.Programs.ControlPlanePrograms;
import dev.ephemera.sandbox.node.NodeNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Kubernetes control plane without containers, as {@code kwokctl} lays it out; the nodes are played by kwok. */
final class ControlPlane {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SandboxDirectory directory;
    private final Processes processes;
    private final Addresses addresses;
    private final ControlPlanePrograms programs;

    ControlPlane(SandboxDirectory directory, Processes processes, Addresses addresses, ControlPlanePrograms programs) {
        this.directory = directory;
        this.processes = processes;
        this.addresses = addresses;
        this.programs = programs;
    }

    /** Starts what does not run of it; returns when the processes are there, which is before they answer. */
    void start() throws IOException {
        if (Files.exists(created())) {
            link();
            removeOldProcessIds();
            kwokctl(List.of("start", "cluster"));
        } else {
            // Left half-made by a start that was killed: nothing of value is in it yet.
            Trees.delete(directory.kwok());
            Files.createDirectories(directory.kwok());
            Files.writeString(configuration(), configurationText());
            fakeKubectl();
            kwokctl(createArguments());
            Files.createFile(created());
        }
        for (var part : Part.CONTROL_PLANE) {
            adopt(part);
        }
    }

    private List<String> createArguments() {
        var arguments = new ArrayList<>(List.of("create", "cluster", "--kubeconfig"));
        arguments.add(directory.kubeconfig().toString());
        binaries().forEach((component, program) -> {
            arguments.add("--" + component + "-binary");
            arguments.add(program.toString());
        });
        Map.of(
                        "etcd-port", Part.ETCD,
                        "kube-apiserver-port", Part.KUBE_APISERVER,
                        "kube-controller-manager-port", Part.KUBE_CONTROLLER_MANAGER,
                        "kube-scheduler-port", Part.KUBE_SCHEDULER,
                        "controller-port", Part.KWOK)
                .forEach((option, part) -> {
                    arguments.add("--" + option);
                    arguments.add(Integer.toString(addresses.ports().of(part)));
                });
        return arguments;
    }

    /** Keys and certificates of the control plane. */
    Path certificates() {
        return cluster().resolve("pki");
    }

    /** By the names that kwokctl has for them. Without these options it downloads releases. */
    private Map<String, Path> binaries() {
        return Map.of(
                "etcd", programs.etcd(),
                "kube-apiserver", programs.apiServer(),
                "kube-controller-manager", programs.controllerManager(),
                "kube-scheduler", programs.scheduler(),
                "kwok-controller", programs.kwok());
    }

    private String configurationText() {
        return """
                apiVersion: config.kwok.x-k8s.io/v1alpha1
                kind: KwokctlConfiguration
                options:
                  runtime: binary
                  # Left out, the API server listens on every interface of the machine.
                  bindAddress: 127.0.0.1
                  etcdPeerPort: %1$d
                  # The API server's certificate is good for those who reach it from the real node, and for pods.
                  kubeApiserverCertSANs: ["%2$s", "%3$s"]
                componentsPatches:
                # Whoever writes into etcd starts pods, which are root's: on the loopback network it answers nobody without the
                # control plane's certificate.
                - name: etcd
                  extraArgs:
                  - {key: listen-client-urls, value: "https://127.0.0.1:%8$d", override: true}
                  - {key: advertise-client-urls, value: "https://127.0.0.1:%8$d", override: true}
                  - {key: listen-peer-urls, value: "https://127.0.0.1:%1$d", override: true}
                  - {key: initial-advertise-peer-urls, value: "https://127.0.0.1:%1$d", override: true}
                  - {key: initial-cluster, value: "node0=https://127.0.0.1:%1$d", override: true}
                  - {key: client-cert-auth, value: "true"}
                  - {key: trusted-ca-file, value: "%9$s"}
                  - {key: cert-file, value: "%5$s"}
                  - {key: key-file, value: "%6$s"}
                  - {key: peer-client-cert-auth, value: "true"}
                  - {key: peer-trusted-ca-file, value: "%9$s"}
                  - {key: peer-cert-file, value: "%5$s"}
                  - {key: peer-key-file, value: "%6$s"}
                - name: kube-apiserver
                  extraArgs:
                  - {key: etcd-servers, value: "https://127.0.0.1:%8$d", override: true}
                  - {key: etcd-cafile, value: "%9$s"}
                  - {key: etcd-certfile, value: "%5$s"}
                  - {key: etcd-keyfile, value: "%6$s"}
                  # What the Service "kubernetes" leads to.
                  - {key: advertise-address, value: "%2$s"}
                  - {key: service-cluster-ip-range, value: "%4$s"}
                  # For logs and exec of pods.
                  - {key: kubelet-client-certificate, value: "%5$s"}
                  - {key: kubelet-client-key, value: "%6$s"}
                  - {key: kubelet-preferred-address-types, value: InternalIP}
                # There is one of each: after a stop that was none, the next would wait for the lease of the last.
                - name: kube-controller-manager
                  extraArgs: [{key: leader-elect, value: "false"}]
                - name: kube-scheduler
                  extraArgs: [{key: leader-elect, value: "false"}]
                - name: kwok-controller
                  extraArgs:
                  # Else it takes a real node for its own, and says that pods run which nobody has started.
                  - {key: manage-all-nodes, value: "false"}
                  - {key: manage-nodes-with-annotation-selector, value: "%7$s"}
                """.formatted(
                        addresses.ports().etcdPeer(),
                        addresses.network().machine(),
                        NodeNetwork.KUBERNETES_SERVICE,
                        NodeNetwork.SERVICES,
                        certificates().resolve("admin.crt"),
                        certificates().resolve("admin.key"),
                        ClusterSeed.SIMULATED,
                        addresses.ports().of(Part.ETCD),
                        certificates().resolve("ca.crt"));
    }

    /** kwokctl asks kubectl whether the server answers and downloads one for it; we ask the server ourselves. */
    private void fakeKubectl() throws IOException {
        var kubectl = Files.createDirectories(kubectlDirectory()).resolve("kubectl");
        Files.writeString(kubectl, "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void kwokctl(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(programs.kwokctl().toString()));
        command.addAll(List.of("--config", configuration().toString(), "--name", directory.clusterName()));
        command.addAll(arguments);
        var log = directory.logs().resolve("kwokctl.log");
        var builder = new ProcessBuilder(command)
                .directory(directory.kwok().toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        // No variable of the caller's: each KWOK_... changes an option, and HOME may hold a configuration.
        builder.environment()
                .putAll(Map.of(
                        "HOME", directory.kwok().toString(),
                        "KWOK_WORKDIR", directory.kwok().toString(),
                        "PATH", kubectlDirectory().toString()));
        var process = builder.start();
        try {
            if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        throw new Failure(
                Exit.FAILED,
                "kwokctl did not start the control plane; its log: " + log + "; its last lines: " + LastLines.of(log));
    }

    /** A cache that has moved, or newer programs, must not leave a control plane that cannot be started. */
    private void link() throws IOException {
        for (var binary : binaries().entrySet()) {
            var link = cluster().resolve(Path.of("bin", binary.getKey()));
            if (!Files.exists(link) || !Files.isSameFile(link, binary.getValue())) {
                Links.set(link, binary.getValue());
            }
        }
    }

    /** kwokctl knows a process by its id alone, which somebody else may have by now: it would think that one ours. */
    private void removeOldProcessIds() throws IOException {
        for (var part : Part.CONTROL_PLANE) {
            if (!processes.isAlive(part)) {
                Files.deleteIfExists(processIdFile(part));
            }
        }
    }

    private void adopt(Part part) throws IOException {
        try {
            processes.adopt(
                    part, Long.parseLong(Files.readString(processIdFile(part)).strip()), "");
        } catch (NoSuchFileException | NumberFormatException e) {
            throw new Failure(
                    Exit.FAILED,
                    "kwokctl says nothing of a process for " + part.label() + " in " + processIdFile(part)
                            + "; run ci/sandbox --reset",
                    e);
        }
    }

    private Path processIdFile(Part part) {
        return cluster().resolve(Path.of("pids", part.label() + ".pid"));
    }

    private Path cluster() {
        return directory.kwok().resolve(Path.of("clusters", directory.clusterName()));
    }

    private Path configuration() {
        return directory.kwok().resolve("kwokctl.yaml");
    }

    private Path kubectlDirectory() {
        return directory.kwok().resolve("path");
    }

    /** There once kwokctl has made all of the cluster. */
    private Path created() {
        return directory.kwok().resolve("created");
    }

    /** The file that says which definitions and which Gateway were applied; it goes with the cluster. */
    Path seeded() {
        return directory.kwok().resolve("seeded");
    }
}
