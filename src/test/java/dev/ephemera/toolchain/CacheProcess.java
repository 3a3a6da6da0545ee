package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that makes something in a cache, for tests that end it, or run two at once. */
final class CacheProcess {
    private CacheProcess() {}

    /** Arguments: the cache; a file that gets a line when making begins; a file that making waits for, a minute at most. */
    public static void main(String... arguments) throws Exception {
        Path begun = Path.of(arguments[1]);
        Path go = Path.of(arguments[2]);
        new Cache(Path.of(arguments[0]), System.out::println)
                .<RuntimeException>provide(
                        "thing-1", "a thing", 1, place -> Files.exists(place.resolve("last")), workspace -> {
                            Files.writeString(workspace.result().resolve("first"), "1");
                            Files.writeString(begun, "begun\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            for (int i = 0; i < 600 && !Files.exists(go); i++) {
                                pause();
                            }
                            Files.writeString(workspace.result().resolve("last"), "1");
                        });
    }

    static Process start(Path cache, Path begun, Path go, Path output) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CacheProcess.class.getName(),
                        cache.toString(),
                        begun.toString(),
                        go.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
