package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    @TempDir
    private Path directory;

    @Test
    void isCopiedWithoutWhiteSpaceAndWithTheOutermostFieldsReplaced() throws IOException {
        Path source = directory.resolve("source.json");
        Files.writeString(source, """
                {
                  "name": "kubernetes",
                  "version": {"was": ["something", "else"]},
                  "types": {"a": {"version": "v1", "number": 1.50, "text": "ü <&> \\"q\\""}}
                }
                """);
        Path target = directory.resolve("target.json");
        Json.minify(source, target, Map.of("version", "4.24.0"));
        assertThat(target)
                .hasContent("{\"version\":\"4.24.0\",\"name\":\"kubernetes\","
                        + "\"types\":{\"a\":{\"version\":\"v1\",\"number\":1.50,\"text\":\"ü <&> \\\"q\\\"\"}}}");
    }
}
