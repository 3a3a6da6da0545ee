package com.pulumi.bootstrap.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    /** The SDK's class of the same name, run as the host would run it if ours were not before it on the class path. */
    private static String scannedBySdk() throws Exception {
        var classPath = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        var sdkFirst = classPath.stream()
                .filter(entry -> Path.of(entry).getFileName().toString().matches("pulumi-\\d.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        return said(sdkFirst + File.pathSeparator + String.join(File.pathSeparator, classPath));
    }

    private static String said(String classPath) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        "packages")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Set<JsonNode> plugins(String json) throws Exception {
        var plugins = new HashSet<JsonNode>();
        new ObjectMapper().readTree(json).forEach(plugins::add);
        return plugins;
    }

    @Test
    void saysWhatTheSdksOwnScanOfTheClassPathSays() throws Exception {
        assertThat(plugins(Main.plugins())).isNotEmpty().isEqualTo(plugins(scannedBySdk()));
    }

    @Test
    void anExtensionsOwnAnswerGoesBeforeOurs(@TempDir Path extension) throws Exception {
        var answer = "[{\"resource\":true,\"name\":\"random\",\"version\":\"4.16.0\"}]";
        var file = extension.resolve("com/pulumi/bootstrap/internal/plugins.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, answer);
        assertThat(said(extension + File.pathSeparator + System.getProperty("java.class.path")))
                .isEqualToIgnoringNewLines(answer);
    }
}
