package dev.ephemera.toolchain;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file of an official release.
 *
 * @param checksums a file of lines "hash  name", or only the hash
 * @param members for a tar.gz, which of its members is which tool; empty when the file itself is the only tool
 */
record Release(URI file, URI checksums, Map<String, Tool> members, List<Tool> tools) {
    private static final String GITHUB = "https://github.com";
    private static final String KUBERNETES = "https://dl.k8s.io";

    /** Where releases are published. Another place in tests. */
    record Hosts(String github, String kubernetes) {
        static Hosts official() {
            return new Hosts(GITHUB, KUBERNETES);
        }
    }

    /**
     * What to download for a component. Empty where no release with a SHA-256 is published: kwok publishes none, nor does
     * the Gateway API for its single files, and Kubernetes and etcd publish no servers for macOS in this form.
     */
    static List<Release> of(Component component, Version version, Platform platform, Hosts hosts) {
        boolean linux = platform.system().equals("linux");
        if (!linux && !platform.system().equals("darwin")) {
            return List.of();
        }
        return switch (component) {
            case PULUMI -> List.of(pulumi(version, platform, hosts));
            case KUBERNETES_PROVIDER -> List.of(kubernetesProvider(version, platform, hosts));
            case ETCD -> linux ? List.of(etcd(version, platform, hosts)) : List.of();
            case KUBERNETES, KUBERNETES_NODE ->
                linux
                        ? component.tools().stream()
                                .map(tool -> kubernetes(tool, version, platform, hosts))
                                .toList()
                        : List.of();
            case KUBE_ROUTER -> List.of(kubeRouter(version, platform, hosts));
            case COREDNS -> List.of(coreDns(version, platform, hosts));
            case TRAEFIK -> List.of(traefik(version, platform, hosts));
            case NATS_SERVER -> List.of(nats(version, platform, hosts));
            case KWOK, MOTO, GATEWAY_API, TRAEFIK_DEFINITIONS, NODE_PROGRAMS, POSTGRESQL, WORKFLOWS, PIPELINES ->
                List.of();
        };
    }

    /** The hash that a checksum file gives for this release's file, if it gives a SHA-256 for it. */
    Optional<String> sha256In(String text) {
        String name = file.getPath().substring(file.getPath().lastIndexOf('/') + 1);
        return text.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 1
                        || words[1].replaceFirst("^[*]?(\\./)?", "").equals(name))
                .map(words -> words[0])
                .filter(hash -> hash.matches("[0-9a-fA-F]{64}"))
                .findFirst();
    }

    private static Release pulumi(Version version, Platform platform, Hosts hosts) {
        String processor = platform.processor().equals("amd64") ? "x64" : platform.processor();
        String base = hosts.github() + "/pulumi/pulumi/releases/download/v" + version + "/";
        return archive(
                base + "pulumi-v" + version + "-" + platform.system() + "-" + processor + ".tar.gz",
                base + "pulumi-" + version + "-checksums.txt",
                Map.of("pulumi/pulumi", Tool.PULUMI, "pulumi/pulumi-language-java", Tool.PULUMI_LANGUAGE_JAVA));
    }

    private static Release kubernetesProvider(Version version, Platform platform, Hosts hosts) {
        String base = hosts.github() + "/pulumi/pulumi-kubernetes/releases/download/v" + version + "/";
        return archive(
                base + "pulumi-resource-kubernetes-v" + version + "-" + platform.system() + "-" + platform.processor()
                        + ".tar.gz",
                base + "pulumi-kubernetes_" + version + "_checksums.txt",
                Map.of("pulumi-resource-kubernetes", Tool.KUBERNETES_PROVIDER));
    }

    private static Release etcd(Version version, Platform platform, Hosts hosts) {
        String base = hosts.github() + "/etcd-io/etcd/releases/download/v" + version + "/";
        String name = "etcd-v" + version + "-" + platform.system() + "-" + platform.processor();
        return archive(base + name + ".tar.gz", base + "SHA256SUMS", Map.of(name + "/etcd", Tool.ETCD));
    }

    private static Release kubernetes(Tool tool, Version version, Platform platform, Hosts hosts) {
        String file = hosts.kubernetes() + "/release/v" + version + "/bin/" + platform.system() + "/"
                + platform.processor() + "/" + tool.file();
        return new Release(URI.create(file), URI.create(file + ".sha256"), Map.of(), List.of(tool));
    }

    private static Release kubeRouter(Version version, Platform platform, Hosts hosts) {
        String base = hosts.github() + "/cloudnativelabs/kube-router/releases/download/v" + version + "/";
        return archive(
                base + "kube-router_" + version + "_" + platform.system() + "_" + platform.processor() + ".tar.gz",
                base + "kube-router_" + version + "_checksums.txt",
                Map.of("kube-router", Tool.KUBE_ROUTER));
    }

    private static Release coreDns(Version version, Platform platform, Hosts hosts) {
        String file = hosts.github() + "/coredns/coredns/releases/download/v" + version + "/coredns_" + version + "_"
                + platform.system() + "_" + platform.processor() + ".tgz";
        return archive(file, file + ".sha256", Map.of("coredns", Tool.COREDNS));
    }

    private static Release traefik(Version version, Platform platform, Hosts hosts) {
        String base = hosts.github() + "/traefik/traefik/releases/download/v" + version + "/traefik_v" + version + "_";
        return archive(
                base + platform.system() + "_" + platform.processor() + ".tar.gz",
                base + "checksums.txt",
                Map.of("traefik", Tool.TRAEFIK));
    }

    private static Release nats(Version version, Platform platform, Hosts hosts) {
        String base = hosts.github() + "/nats-io/nats-server/releases/download/v" + version + "/";
        String name = "nats-server-v" + version + "-" + platform.system() + "-" + platform.processor();
        return archive(base + name + ".tar.gz", base + "SHA256SUMS", Map.of(name + "/nats-server", Tool.NATS_SERVER));
    }

    private static Release archive(String file, String checksums, Map<String, Tool> members) {
        return new Release(URI.create(file), URI.create(checksums), members, List.copyOf(members.values()));
    }
}
