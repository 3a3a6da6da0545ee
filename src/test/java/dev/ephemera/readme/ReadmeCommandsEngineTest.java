package dev.ephemera.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs what README.md tells people to type, as it stands there. */
@Tag("engine")
class ReadmeCommandsEngineTest {
    private static final Path SANDBOX = Path.of("target/readme-sandbox").toAbsolutePath();
    private static final long LIMIT_MINUTES = 10;

    static List<Readme.Block> commands() throws IOException {
        return Readme.blocks().stream()
                .filter(block -> block.language().equals("sh") && block.mark().isEmpty())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void doesWhatItSays(Readme.Block block) throws Exception {
        var log = Files.createTempFile("readme", ".log").toFile();
        try {
            assertThat(bash(block.text(), log)).as(() -> text(log)).isZero();
        } finally {
            Files.delete(log.toPath());
        }
    }

    @AfterAll
    static void endTheSandbox() throws Exception {
        bash("ci/sandbox --reset", new File("/dev/null"));
    }

    private static int bash(String commands, File log) throws Exception {
        var builder = new ProcessBuilder("bash", "-Eeuo", "pipefail", "-c", commands)
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().put("EPHEMERA_SANDBOX", SANDBOX.toString());
        var process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                .as(commands)
                .isTrue();
        return process.exitValue();
    }

    private static String text(File log) {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
