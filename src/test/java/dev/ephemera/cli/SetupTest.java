package dev.ephemera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysNothingWhenAllIsThere() throws IOException {
        pulumiIsInstalled("pulumi");
        assertThat(setup("engine")).isZero();
        assertThat(output()).isEmpty();
        assertThat(errors()).isEmpty();
    }

    @Test
    void listsWhereEachToolIsAndHowToGetOneThatIsAbsent() throws IOException {
        Path pulumi = pulumiIsInstalled("pulumi");
        assertThat(setup("--list", "engine", "moto")).isZero();
        assertThat(output().lines())
                .containsExactly(
                        "pulumi                   " + pulumi,
                        "pulumi-language-java     " + pulumi.resolveSibling("pulumi-language-java"),
                        "python-with-moto         absent (ci/setup moto)");
    }

    @Test
    void printsALineForTheShellThatPutsPulumiOnPathWhateverIsInItsName() throws Exception {
        Path pulumi = pulumiIsInstalled("it's $HOME here");
        assertThat(setup("--shell", "engine")).isZero();
        var shell = new ProcessBuilder("/bin/sh", "-c", output() + "command -v pulumi; which ls").start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .startsWith(pulumi.toString())
                .hasSize(2);
    }

    @Test
    void failsInOneSentenceAndWithoutAStackTrace() {
        assertThat(setup("engine")).isEqualTo(1);
        assertThat(output()).isEmpty();
        assertThat(errors().lines())
                .last()
                .asString()
                .startsWith(
                        "ci/setup: Pulumi's command line and Java language host 3.259.0 (or a newer minor version)");
        assertThat(errors()).doesNotContain("\tat ");
    }

    @Test
    void leavesOutWhatCannotBeHadHereAndSaysWhyWhenNothingIsNamed() {
        setup();
        assertThat(errors()).contains("Without 'database': PostgreSQL cannot be had here: there is no 'mvn'");
        assertThat(errors()).contains("ci/setup: Pulumi's command line");
    }

    @Test
    void namesThePartsWhenOneIsMisspelt() {
        assertThat(setup("engin")).isEqualTo(2);
        assertThat(errors())
                .contains("there is no part 'engin'; there are engine, gateway-api, moto, cluster, kubernetes-provider,"
                        + " database, broker, node, gateway");
    }

    private Path pulumiIsInstalled(String folder) throws IOException {
        Path bin = Files.createDirectories(directory.resolve(folder));
        for (String name : new String[] {"pulumi", "pulumi-language-java"}) {
            Files.writeString(bin.resolve(name), "#!/bin/sh\necho v3.259.0\n");
            Files.setPosixFilePermissions(bin.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        path = bin.toString();
        return bin.resolve("pulumi");
    }

    private String path = "/nowhere";

    private int setup(String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH",
                path,
                "HOME",
                directory.toString(),
                "EPHEMERA_CACHE",
                directory.resolve("cache").toString(),
                "EPHEMERA_TOOLS",
                "path"));
        var setup = new Setup(Path.of("").toAbsolutePath(), environment, print(out), print(err));
        return Setup.execute(setup, arguments);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
