package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real jar with a real archive in it; only Maven is a script, which copies the jar to where it was told to. */
@Timeout(60)
class MavenArtifactsTest {
    private static final String JAR = "binaries-linux-arm64v8-1.0.jar";

    @TempDir
    private Path directory;

    @BeforeEach
    void publish() throws Exception {
        assumeTrue(Executables.find("xz", environment()).isPresent(), "needs xz");
        Path content = Files.createDirectories(directory.resolve("content/bin"));
        Files.writeString(content.resolve("postgres"), "a server");
        int exit = new ProcessBuilder(
                        "tar",
                        "-cJf",
                        directory + "/a.txz",
                        "-C",
                        content.getParent().toString(),
                        ".")
                .start()
                .waitFor();
        assertThat(exit).isZero();
        try (var jar = new ZipOutputStream(Files.newOutputStream(directory.resolve(JAR)))) {
            jar.putNextEntry(new ZipEntry("META-INF/"));
            jar.putNextEntry(new ZipEntry("a.txz"));
            Files.copy(directory.resolve("a.txz"), jar);
        }
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("pom.xml"), "<project/>");
        sums(Downloader.sha256(directory.resolve(JAR)));
        Scripts.write(bin(), "mvn", """
                for word; do
                    case $word in
                        -DoutputDirectory=*) out=${word#*=} ;;
                        -Dplatform=*) platform=${word#*=} ;;
                    esac
                done
                mkdir "$out" && cp %s/binaries-$platform-1.0.jar "$out"
                """.formatted(directory));
    }

    @Test
    void areUnpackedForTheMachinesPlatform() throws IOException {
        Path target = directory.resolve("result/server");
        unpack(target);
        assertThat(target.resolve("bin/postgres")).hasContent("a server");
    }

    @Test
    void areNotUnpackedWhenTheirHashIsNotThePinnedOne() throws IOException {
        sums("0".repeat(64));
        Path target = directory.resolve("result/server");
        assertThatThrownBy(() -> unpack(target))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("is not used", JAR, "checksums.txt has no such line");
        assertThat(target).doesNotExist();
    }

    @Test
    void areRefusedBeforehandWhereMavenOrTheSystemIsMissing() {
        assertThat(artifacts(new Platform("linux", "arm64")).obstacle()).isEmpty();
        assertThat(artifacts(new Platform("windows", "amd64")).obstacle()).contains("there is none for windows");
        assertThat(new MavenArtifacts(Map.of("PATH", "/nowhere"), new Platform("linux", "amd64"), line -> {})
                        .obstacle())
                .hasValueSatisfying(reason -> assertThat(reason).contains("'mvn'", "apt-get install maven"));
    }

    private void unpack(Path target) throws IOException {
        var workspace = Workspace.in(directory.resolve("work"), directory.resolve("log"));
        artifacts(new Platform("linux", "arm64")).unpack(folder(), target, "a server", workspace);
    }

    private MavenArtifacts artifacts(Platform platform) {
        return new MavenArtifacts(environment(), platform, line -> {});
    }

    private void sums(String hash) throws IOException {
        Files.writeString(folder().resolve("checksums.txt"), hash + "  " + JAR + "\n");
    }

    private Map<String, String> environment() {
        return Map.of("PATH", bin() + ":" + Scripts.SYSTEM_PATH);
    }

    private Path folder() {
        return directory.resolve("folder");
    }

    private Path bin() {
        return directory.resolve("bin");
    }
}
