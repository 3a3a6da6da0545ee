package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulumiPluginsTest {
    private static final Version VERSION = new Version(4, 24, 0);

    @TempDir
    private Path directory;

    @Test
    void putsTheProviderWhereTheEngineLooksAndLeavesNothingElse() throws IOException {
        Path ours = ours();
        assertThat(plugins().install(ours, VERSION)).isPresent();
        assertThat(plugins().kubernetes(VERSION))
                .hasValueSatisfying(provider -> assertThat(provider)
                        .isEqualTo(directory.resolve(
                                "home/plugins/resource-kubernetes-v4.24.0/pulumi-resource-kubernetes"))
                        .hasSameTextualContentAs(ours));
        assertThat(directory.resolve("home/plugins")).isDirectoryNotContaining("glob:**/.ephemera-*");
    }

    @Test
    void staysUsableWhenOurCacheIsDeleted() throws IOException {
        Path ours = ours();
        plugins().install(ours, VERSION);
        Files.delete(ours);
        assertThat(plugins().kubernetes(VERSION)).isPresent();
    }

    @Test
    void leavesAProviderAloneThatIsThere() throws IOException {
        Path theirs = Scripts.printing(
                directory.resolve("home/plugins/resource-kubernetes-v4.24.0"), "pulumi-resource-kubernetes", "theirs");
        assertThat(plugins().install(ours(), VERSION)).isEmpty();
        assertThat(theirs).content().contains("theirs");
    }

    @Test
    void replacesWhatPulumiBeganToInstallAndDidNotFinish() throws IOException {
        Path half = directory.resolve("home/plugins/resource-kubernetes-v4.24.0");
        Scripts.printing(half, "pulumi-resource-kubernetes", "half");
        Files.createFile(half.resolveSibling(half.getFileName() + ".partial"));
        assertThat(plugins().install(ours(), VERSION)).isPresent();
        assertThat(plugins().kubernetes(VERSION).orElseThrow()).content().contains("ours");
    }

    private PulumiPlugins plugins() {
        return new PulumiPlugins(Map.of("PULUMI_HOME", directory.resolve("home").toString()));
    }

    private Path ours() throws IOException {
        return Scripts.printing(directory.resolve("cache"), "pulumi-resource-kubernetes", "ours");
    }
}
