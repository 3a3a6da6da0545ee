package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxDirectoryTest {
    @TempDir
    Path project;

    @Test
    void liesInTheProjectWhereNothingElseIsSaid() {
        assertThat(SandboxDirectory.of(project, Map.of()).root()).isEqualTo(project.resolve(".ephemera"));
    }

    @Test
    void liesWhereTheEnvironmentSays() {
        var elsewhere = project.resolve("it's-a-place/c");

        assertThat(SandboxDirectory.of(project, Map.of("EPHEMERA_SANDBOX", elsewhere.toString()))
                        .root())
                .isEqualTo(elsewhere);
        assertThat(project.resolve(".ephemera")).doesNotExist();
    }

    @Test
    void nobodyElseEntersIt() throws Exception {
        var open = Files.createDirectory(project.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

        var directory = SandboxDirectory.of(project, Map.of("EPHEMERA_SANDBOX", open.toString()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "a$b", "a:b", "a\"b", "a\\b", "a\nb"})
    void refusesAPathThatItsProgramsWouldTakeForTwo(String name) {
        var path = project.resolve(name);

        assertThatThrownBy(() -> SandboxDirectory.of(project, Map.of("EPHEMERA_SANDBOX", path.toString())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("set EPHEMERA_SANDBOX to another directory");
        assertThat(path).doesNotExist();
    }

    @Test
    void isTheSameThroughALink() throws Exception {
        var direct = SandboxDirectory.of(project, Map.of());
        var link = Files.createSymbolicLink(project.resolve("link"), direct.root());

        assertThat(SandboxDirectory.of(project, Map.of("EPHEMERA_SANDBOX", link.toString())))
                .isEqualTo(direct);
    }

    @Test
    void neverTakesOverADirectoryThatHoldsSomethingElse() throws Exception {
        Files.writeString(project.resolve("precious"), "data");

        assertThatThrownBy(() -> SandboxDirectory.of(project, Map.of("EPHEMERA_SANDBOX", project.toString())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(project + " is neither empty nor a sandbox");
        assertThat(Files.list(project)).hasSize(1);
    }

    @Test
    void twoDirectoriesHaveClustersOfDifferentNames() {
        var one = SandboxDirectory.of(project.resolve("one"), Map.of());
        var two = SandboxDirectory.of(project.resolve("two"), Map.of());

        assertThat(one.clusterName()).matches("ephemera-[0-9a-f]{8}").isNotEqualTo(two.clusterName());
    }
}
