package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledTest {
    @TempDir
    private Path directory;

    @Test
    void takesProgramsOfANewerMinorVersion() throws IOException {
        kubernetes("v1.36.0", "v1.36.0", "v1.36.2");
        assertThat(find(Component.KUBERNETES))
                .hasValueSatisfying(tools -> assertThat(tools)
                        .containsEntry(Tool.KUBE_APISERVER, bin().resolve("kube-apiserver"))
                        .hasSize(3));
    }

    @Test
    void takesNoneOfSeveralThatBelongTogetherWhenOneIsTooOld() throws IOException {
        kubernetes("v1.35.4", "v1.34.9", "v1.35.4");
        assertThat(find(Component.KUBERNETES)).isEmpty();
    }

    @Test
    void takesNoneOfSeveralThatAreOfDifferentMinorVersions() throws IOException {
        kubernetes("v1.35.4", "v1.36.0", "v1.35.4");
        assertThat(find(Component.KUBERNETES)).isEmpty();
    }

    @Test
    void takesNoneWhenOneIsAbsent() throws IOException {
        Scripts.printing(bin(), "kwok", "kwok version v0.8.0");
        assertThat(find(Component.KWOK)).isEmpty();
    }

    @Test
    void takesAKubeletOfExactlyThePinnedMinorVersionBecauseTheApiServerMayBeNoNewer() throws IOException {
        node("v1.36.0");
        assertThat(find(Component.KUBERNETES_NODE)).isEmpty();
        node("v1.35.9");
        assertThat(find(Component.KUBERNETES_NODE)).isPresent();
    }

    @Test
    void takesTraefikByWhatItsOwnCommandSays() throws IOException {
        Scripts.write(bin(), "traefik", "[ \"$1\" = version ] && echo 'Version:      3.7.13'");
        assertThat(find(Component.TRAEFIK)).contains(Map.of(Tool.TRAEFIK, bin().resolve("traefik")));
    }

    @Test
    void takesNoNatsServerBecauseItNeedNotBeStaticallyLinked() throws IOException {
        Scripts.printing(bin(), "nats-server", "nats-server: v2.15.3");
        assertThat(find(Component.NATS_SERVER)).isEmpty();
    }

    @Test
    void takesNoContainerHostsProgramsWhenOneIsAbsent() throws IOException {
        Scripts.printing(bin(), "containerd", "containerd github.com/containerd/containerd v2.1.0 abc");
        assumeTrue(HostPrograms.find("bin/ctr", Map.of("PATH", "/nowhere")).isEmpty(), "needs a machine without ctr");
        assertThat(find(Component.NODE_PROGRAMS)).isEmpty();
    }

    @Test
    void takesPulumiOnlyWithTheLanguageHostBesideIt() throws IOException {
        Scripts.printing(bin(), "pulumi", "v3.300.1");
        assertThat(find(Component.PULUMI)).isEmpty();
        Scripts.printing(bin(), "pulumi-language-java", "");
        assertThat(find(Component.PULUMI)).isPresent();
    }

    @Test
    void takesNoPulumiThatWasBuiltWithoutItsVersion() throws IOException {
        Scripts.printing(bin(), "pulumi", "");
        Scripts.printing(bin(), "pulumi-language-java", "");
        assertThat(find(Component.PULUMI)).isEmpty();
    }

    @Test
    void takesNoProgramThatFailsWhenItIsAskedForItsVersion() throws IOException {
        Scripts.write(bin(), "etcd", "echo 'etcd Version: 3.6.16'; exit 1");
        assertThat(find(Component.ETCD)).isEmpty();
    }

    @Test
    void asksAProgramOnceAndAgainOnlyWhenItsFileHasChanged() throws IOException {
        Path asked = directory.resolve("asked");
        Scripts.write(bin(), "etcd", "echo x >> " + asked + "; echo 'etcd Version: 3.6.16'");
        assertThat(find(Component.ETCD)).isPresent();
        assertThat(find(Component.ETCD)).isPresent();
        assertThat(asked).content().hasLineCount(1);
        Scripts.write(bin(), "etcd", "echo x >> " + asked + "; echo 'etcd Version: 3.5.0 and older'");
        assertThat(find(Component.ETCD)).isEmpty();
        assertThat(asked).content().hasLineCount(2);
    }

    @Test
    void takesTheProviderFromPulumisPluginCacheInExactlyThePinnedVersion() throws IOException {
        plugin("4.25.0");
        assertThat(find(Component.KUBERNETES_PROVIDER)).isEmpty();
        Path provider = plugin("4.24.0");
        assertThat(find(Component.KUBERNETES_PROVIDER)).contains(Map.of(Tool.KUBERNETES_PROVIDER, provider));
    }

    @Test
    void takesNoProviderWhoseInstallationByPulumiWasCutShort() throws IOException {
        plugin("4.24.0");
        Files.createFile(directory.resolve("pulumi/plugins/resource-kubernetes-v4.24.0.partial"));
        assertThat(find(Component.KUBERNETES_PROVIDER)).isEmpty();
    }

    private void kubernetes(String apiServer, String controllerManager, String scheduler) throws IOException {
        Scripts.printing(bin(), "kube-apiserver", "Kubernetes " + apiServer);
        Scripts.printing(bin(), "kube-controller-manager", "Kubernetes " + controllerManager);
        Scripts.printing(bin(), "kube-scheduler", "Kubernetes " + scheduler);
    }

    private void node(String version) throws IOException {
        Scripts.printing(bin(), "kubelet", "Kubernetes " + version);
        Scripts.printing(bin(), "kube-proxy", "Kubernetes " + version);
    }

    private Path plugin(String version) throws IOException {
        return Scripts.printing(
                directory.resolve("pulumi/plugins/resource-kubernetes-v" + version), "pulumi-resource-kubernetes", "");
    }

    private Path bin() {
        return directory.resolve("bin");
    }

    private Optional<Map<Tool, Path>> find(Component component) {
        var environment = Map.of(
                "PATH",
                bin() + ":" + Scripts.SYSTEM_PATH,
                "PULUMI_HOME",
                directory.resolve("pulumi").toString());
        return new Installed(
                        environment,
                        new Pins(PinsTest.PROJECT),
                        new PulumiPlugins(environment),
                        new VersionMemory(directory.resolve("versions")))
                .find(component);
    }
}
