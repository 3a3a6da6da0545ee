package dev.ephemera.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectsTest {
    private static final int LISTINGS = 2_000;

    @TempDir
    private Path state;

    @Test
    void aListNamesWhatStaysWhileOtherFilesAndFoldersComeAndGo() throws Exception {
        var objects = new FileObjects(state);
        objects.create("locks/a/stays.json", "{}");
        var over = new AtomicBoolean();
        var others = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                comeAndGo(state.resolve("locks/b"));
            }
        });

        for (var listing = 0; listing < LISTINGS; listing++) {
            assertThat(objects.list("locks/")).contains("locks/a/stays.json");
        }

        over.set(true);
        others.get();
    }

    private static void comeAndGo(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var each = 0; each < 5; each++) {
                Files.writeString(folder.resolve(each + ".json"), "{}");
            }
            for (var each = 0; each < 5; each++) {
                Files.delete(folder.resolve(each + ".json"));
            }
            Files.delete(folder);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFolderThatIsNotThereHasNone() {
        assertThat(new FileObjects(state).list("absent/")).isEmpty();
    }
}
