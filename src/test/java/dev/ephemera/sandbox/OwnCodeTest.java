package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCodeTest {
    private static final String PROVIDER = "dev/ephemera/sandbox/aws/AwsProvider.class";
    private static final String PROGRAM = "dev/ephemera/program/Main.class";

    @TempDir
    Path directory;

    @Test
    void aBuildThatChangedOtherCodeLeavesTheProviderCurrent() throws Exception {
        var before = jar("a.jar", Map.of(PROVIDER, "1", PROGRAM, "1"));
        var after = jar("b.jar", Map.of(PROVIDER, "1", PROGRAM, "2"));

        assertThat(after.providerVersion()).isEqualTo(before.providerVersion());
        assertThat(after.sandboxVersion()).isEqualTo(before.sandboxVersion());
    }

    @Test
    void aBuildThatChangedTheProviderMakesItAnother() throws Exception {
        var before = jar("a.jar", Map.of(PROVIDER, "1", PROGRAM, "1"));
        var after = jar("b.jar", Map.of(PROVIDER, "2", PROGRAM, "1"));

        assertThat(after.providerVersion()).isNotEqualTo(before.providerVersion());
    }

    @Test
    void otherLibrariesMakeItAnother() throws Exception {
        var before = jar("a.jar", Map.of(PROVIDER, "1", "META-INF/MANIFEST.MF", "Class-Path: lib/grpc-1.jar\n"));
        var after = jar("b.jar", Map.of(PROVIDER, "1", "META-INF/MANIFEST.MF", "Class-Path: lib/grpc-2.jar\n"));

        assertThat(after.providerVersion()).isNotEqualTo(before.providerVersion());
    }

    @Test
    void findsTheProjectThatItWasBuiltIn() {
        assertThat(OwnCode.find().projectRoot().resolve("Pulumi.yaml")).exists();
    }

    private OwnCode jar(String name, Map<String, String> files) throws Exception {
        var jar = directory.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return new OwnCode(jar);
    }
}
