package com.example.shop.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarsTest {
    @TempDir
    private Path directory;

    @Test
    void hasItsDirectoriesAsEntriesBecauseFlywayLooksForThem() throws Exception {
        var jar = Jars.write(directory.resolve("a.jar"), Map.of("db/migration/V3.sql", new byte[] {1}));
        try (var zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactly("META-INF/MANIFEST.MF", "db/", "db/migration/", "db/migration/V3.sql");
        }
    }

    @Test
    void theSameContentGivesTheSameBytes() throws Exception {
        var content = Map.of("a", new byte[] {1}, "b", new byte[] {2});
        assertThat(Jars.write(directory.resolve("b.jar"), content))
                .hasSameBinaryContentAs(Jars.write(directory.resolve("c.jar"), content));
    }
}
