package dev.ephemera.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.naming.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    private static final Set<String> MARKS = Set.of("", "needs a cloud", "runs this file's commands itself");

    @Test
    void theConfigurationItShowsIsRead(@TempDir Path stacks) throws Exception {
        var yaml = Readme.blocks().stream()
                .filter(block -> block.language().equals("yaml"))
                .toList();
        // What shows no application is laid over the sample's, as preview.yaml is.
        assertThat(yaml).hasSize(4).allSatisfy(block -> {
            var isWhole = block.text().lines().anyMatch(line -> line.startsWith("workloads:"));
            Files.writeString(
                    stacks.resolve("application.yaml"),
                    isWhole ? block.text() : Files.readString(Path.of("stacks/application.yaml")));
            Files.writeString(stacks.resolve("preview.yaml"), isWhole ? "{}" : block.text());
            assertThat(ApplicationReader.read(stacks).workloads()).containsKey(new Key("web"));
        });
    }

    @Test
    void onlyCommandsThatNeedACloudOrAreThisTestGoUntested() throws Exception {
        var shell = Readme.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .toList();
        assertThat(shell)
                .hasSizeGreaterThan(6)
                .allSatisfy(block -> assertThat(MARKS).contains(block.mark()));
        assertThat(shell.stream().filter(block -> block.mark().isEmpty()).map(Readme.Block::toString))
                .contains("ci/demo")
                .doesNotContainAnyElementsOf(List.of("ci/test"));
    }
}
