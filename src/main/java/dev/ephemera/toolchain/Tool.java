package dev.ephemera.toolchain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A program, or a directory, that the rest of the project runs or reads. */
public enum Tool {
    /** Pulumi's command line. */
    PULUMI("pulumi"),
    /** Pulumi's language host for Java; the engine finds it on PATH or beside {@link #PULUMI}. */
    PULUMI_LANGUAGE_JAVA("pulumi-language-java"),
    /** The plugin that the engine looks for in {@code $PULUMI_HOME/plugins/resource-kubernetes-v<version>/}. */
    KUBERNETES_PROVIDER("pulumi-resource-kubernetes"),
    ETCD("etcd"),
    KUBE_APISERVER("kube-apiserver"),
    KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
    KUBE_SCHEDULER("kube-scheduler"),
    KWOK("kwok"),
    KWOKCTL("kwokctl"),
    /** A Python interpreter that can import moto: {@code python -m moto.server -p PORT}. */
    PYTHON_WITH_MOTO("bin/python3"),
    /** A directory: the Gateway API's standard custom resource definitions, one YAML file each. */
    GATEWAY_API_CRDS("standard", true),
    KUBELET("kubelet"),
    KUBE_PROXY("kube-proxy"),
    CONTAINERD("bin/containerd"),
    /** What containerd starts beside each pod; containerd looks for it on PATH. */
    CONTAINERD_SHIM_RUNC_V2("bin/containerd-shim-runc-v2"),
    /** containerd's command line. */
    CTR("bin/ctr"),
    RUNC("bin/runc"),
    /** With {@code iptables-save}, {@code iptables-restore} and the same for {@code ip6tables} beside it. */
    IPTABLES("bin/iptables"),
    IPSET("bin/ipset"),
    NFT("bin/nft"),
    CONNTRACK("bin/conntrack"),
    /** Without shared libraries: it can be the only file of a container image. */
    BUSYBOX("bin/busybox"),
    /** A directory: the CNI plugins bridge, host-local, loopback and portmap, perhaps others. */
    CNI_PLUGINS("cni", true),
    COREDNS("coredns"),
    KUBE_ROUTER("kube-router"),
    TRAEFIK("traefik"),
    /** A directory: the definitions of Traefik's own kinds, {@code traefik.io_*.yaml}, among other files. */
    TRAEFIK_CRDS("dynamic-configuration", true),
    /** A directory: {@code bin/initdb}, {@code bin/pg_ctl}, {@code bin/postgres} and what they need; no client programs. */
    POSTGRESQL("postgresql", true),
    /** Statically linked: it can be the only file of a container image. */
    NATS_SERVER("nats-server"),
    /** Runs GitHub's workflows on this machine; the tests' own. */
    ACT("act"),
    /** Checks GitHub's workflows; the tests' own. */
    ACTIONLINT("actionlint"),
    /** Runs GitLab's pipelines on this machine, by Node.js; the tests' own. */
    GITLAB_CI_LOCAL("node_modules/.bin/gitlab-ci-local");

    private final String file;
    private final boolean directory;

    Tool(String file) {
        this(file, false);
    }

    Tool(String file, boolean directory) {
        this.file = file;
        this.directory = directory;
    }

    /** For people: {@code kube-apiserver}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The path inside the directory that its component is kept in. */
    String file() {
        return file;
    }

    boolean isDirectory() {
        return directory;
    }

    /** Whether it is in that directory. */
    boolean isIn(Path place) {
        Path path = place.resolve(file);
        return directory ? Files.isDirectory(path) : Executables.isProgram(path);
    }
}
