package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only npm is a script, which does as npm does: it reads the lock file where it is told to install. */
@Timeout(60)
class NodePackagesTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void publish() throws Exception {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("package.json"), "{}");
        Files.writeString(folder().resolve("package-lock.json"), "{\"packages\": {}}");
        Scripts.write(bin(), "node", "exit 0");
        Scripts.write(bin(), "npm", """
                [ "$1 $2" = "ci --prefix" ] || exit 9
                case " $* " in *" --ignore-scripts "*) ;; *) exit 8 ;; esac
                grep -q packages "$3/package-lock.json" || exit 7
                mkdir -p "$3/node_modules/.bin" && echo program > "$3/node_modules/.bin/gitlab-ci-local"
                """);
    }

    @Test
    void areInstalledByTheirLockFileWithoutRunningAnyOfThem() throws IOException {
        install();
        assertThat(directory.resolve("work/result/node_modules/.bin/gitlab-ci-local"))
                .hasContent("program");
    }

    @Test
    void areNotThereWhenNpmFails() throws IOException {
        Files.writeString(folder().resolve("package-lock.json"), "{}");
        assertThatThrownBy(this::install)
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("pipelines could not be set up", "npm", "exit code 7");
    }

    @Test
    void areRefusedBeforehandWhereNodeIsMissing() throws IOException {
        assertThat(packages().obstacle()).isEmpty();
        assertThat(new NodePackages(Map.of("PATH", "/nowhere"), line -> {}).obstacle())
                .hasValueSatisfying(reason -> assertThat(reason).contains("Node.js 20", "apt-get install npm"));
    }

    private void install() throws IOException {
        var workspace = Workspace.in(directory.resolve("work"), directory.resolve("log"));
        packages().install(folder(), "pipelines", workspace);
    }

    private NodePackages packages() {
        return new NodePackages(Map.of("PATH", bin() + ":" + Scripts.SYSTEM_PATH), line -> {});
    }

    private Path folder() {
        return directory.resolve("folder");
    }

    private Path bin() {
        return directory.resolve("bin");
    }
}
