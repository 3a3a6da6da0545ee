package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PinsTest {
    static final Path PROJECT = Path.of("").toAbsolutePath();

    @TempDir
    private Path copy;

    @ParameterizedTest
    @EnumSource(Component.class)
    void knowTheVersionOfEachComponentFromTheFilesThatItIsBuiltFrom(Component component) {
        assertThat(new Pins(PROJECT).version(component)).isGreaterThan(new Version(0, 0, 0));
    }

    @Test
    void readTheModuleThatIsMeantAndNotOneWithALongerName() {
        assertThat(new Pins(PROJECT).version(Component.KUBERNETES)).isEqualTo(new Version(1, 35, 4));
        assertThat(new Pins(PROJECT).version(Component.MOTO)).isEqualTo(new Version(5, 2, 5));
        assertThat(new Pins(PROJECT).version(Component.KUBERNETES_PROVIDER)).isEqualTo(new Version(4, 24, 0));
        assertThat(new Pins(PROJECT).version(Component.POSTGRESQL)).isEqualTo(new Version(18, 6, 0));
        assertThat(new Pins(PROJECT).version(Component.NODE_PROGRAMS)).isEqualTo(new Version(1, 6, 20));
        assertThat(new Pins(PROJECT).version(Component.PIPELINES)).isEqualTo(new Version(4, 64, 0));
    }

    @Test
    void nameABuildAnewWhenAnyOfItsFilesOrFlagsChanges() throws IOException {
        copyToolchain();
        var pins = new Pins(copy);
        String before = pins.key(Component.KUBERNETES_PROVIDER, "flags");
        assertThat(before).matches("[0-9a-f]{16}");
        assertThat(pins.key(Component.KUBERNETES_PROVIDER, "other flags")).isNotEqualTo(before);
        for (String file : new String[] {"go.mod", "go.sum", "main.go"}) {
            Path path = copy.resolve("ci/toolchain/provider").resolve(file);
            String original = Files.readString(path);
            Files.writeString(path, original + "\n");
            assertThat(pins.key(Component.KUBERNETES_PROVIDER, "flags"))
                    .as(file)
                    .isNotEqualTo(before);
            Files.writeString(path, original);
        }
        assertThat(pins.key(Component.KUBERNETES_PROVIDER, "flags")).isEqualTo(before);
    }

    @Test
    void nameABuildAnewWhenAPackageOrAHashChanges() throws IOException {
        copyToolchain();
        var pins = new Pins(copy);
        for (var component : Map.of(
                        Component.NODE_PROGRAMS, "node/packages.txt",
                        Component.POSTGRESQL, "postgresql/checksums.txt",
                        Component.PIPELINES, "gitlab-ci-local/package-lock.json")
                .entrySet()) {
            String before = pins.key(component.getKey(), "");
            Files.writeString(
                    copy.resolve("ci/toolchain").resolve(component.getValue()), "\ncontainerd>=1.6.20 bin/ctr");
            assertThat(pins.key(component.getKey(), "")).isNotEqualTo(before);
        }
    }

    @Test
    void knowThePackageOfEachProgram() {
        Map<String, String> packages = new Pins(PROJECT).packageOf(Component.NODE_PROGRAMS.recipe());
        assertThat(packages)
                .containsEntry("bin/ctr", "containerd")
                .containsEntry("bin/ip6tables-save", "iptables")
                .containsEntry("cni/portmap", "containernetworking-plugins")
                .hasSize(18);
        for (Tool tool : Component.NODE_PROGRAMS.tools()) {
            assertThat(packages.keySet()).anyMatch(file -> Path.of(file).startsWith(tool.file()));
        }
    }

    @Test
    void nameABuildTheSameWhenAnotherComponentsPinsChange() throws IOException {
        copyToolchain();
        var pins = new Pins(copy);
        String before = pins.key(Component.MOTO, "");
        Files.writeString(copy.resolve("ci/toolchain/core/go.sum"), "changed");
        assertThat(pins.key(Component.MOTO, "")).isEqualTo(before);
    }

    @Test
    void failWithTheFileAndTheNextStepWhenItIsGone() {
        assertThatThrownBy(() -> new Pins(copy).version(Component.ETCD))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("core/go.mod: it cannot be read")
                .hasMessageContaining("git checkout -- ");
    }

    private void copyToolchain() throws IOException {
        for (String folder : new String[] {"ci/toolchain", "src/main/resources/com/pulumi/kubernetes"}) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = copy.resolve(PROJECT.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }
}
