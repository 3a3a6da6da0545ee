package dev.ephemera.toolchain;

import dev.ephemera.toolchain.Recipe.GoFiles;
import dev.ephemera.toolchain.Recipe.GoPrograms;
import dev.ephemera.toolchain.Recipe.KubernetesProvider;
import dev.ephemera.toolchain.Recipe.PythonPackages;
import java.time.Duration;
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
            new GoPrograms(
                    "core",
                    "k8s.io/kubernetes",
                    List.of(
                            "k8s.io/kubernetes/cmd/kube-apiserver",
                            "k8s.io/kubernetes/cmd/kube-controller-manager",
                            "k8s.io/kubernetes/cmd/kube-scheduler"),
                    List.of(
                            "k8s.io/component-base/version.gitVersion=v{version}",
                            "k8s.io/component-base/version.gitMajor={major}",
                            "k8s.io/component-base/version.gitMinor={minor}")),
            Duration.ofSeconds(210),
            280),
    KUBERNETES_PROVIDER(
            "Pulumi's provider for Kubernetes",
            List.of(Tool.KUBERNETES_PROVIDER),
            new KubernetesProvider("provider", "github.com/pulumi/pulumi-kubernetes/provider/v4"),
            Duration.ofMinutes(6),
            310);

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
