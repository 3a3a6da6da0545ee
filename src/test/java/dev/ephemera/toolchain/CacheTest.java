package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CacheTest {
    private static final Predicate<Path> WHOLE = place -> Files.exists(place.resolve("last"));

    @TempDir
    private Path directory;

    private final List<String> progress = new ArrayList<>();

    @Test
    void liesWhereTheUserSaysElseWhereTheDesktopSpecificationSaysElseAtHome() {
        assertThat(Cache.location(Map.of("EPHEMERA_CACHE", "/a", "XDG_CACHE_HOME", "/x", "HOME", "/h")))
                .isEqualTo(Path.of("/a"));
        assertThat(Cache.location(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h"))).isEqualTo(Path.of("/x/ephemera"));
        assertThat(Cache.location(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h")))
                .isEqualTo(Path.of("/h/.cache/ephemera"));
    }

    @Test
    void makesAThingOnceAndFindsItAfterwards() {
        Path made = make("1");
        assertThat(made.resolve("last")).hasContent("1");
        assertThat(make("2")).isEqualTo(made);
        assertThat(made.resolve("last")).hasContent("1");
        assertThat(cache().find("thing-1", WHOLE)).contains(made);
    }

    @Test
    void publishesNothingWhenMakingFailsAndLeavesNoWork() {
        assertThatThrownBy(() -> cache().<RuntimeException>provide("thing-1", "a thing", 1, WHOLE, workspace -> {
                    Files.writeString(workspace.result().resolve("first"), "1");
                    throw new Failure(Exit.FAILED, "broken");
                }))
                .hasMessage("broken");
        assertThat(directory.resolve("tools")).doesNotExist();
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void publishesNothingThatIsNotWholeAlthoughMakingEndedWell() {
        assertThatThrownBy(() -> cache().<RuntimeException>provide("thing-1", "a thing", 1, WHOLE, workspace -> {
                    Files.writeString(workspace.result().resolve("first"), "1");
                }))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("did not make all of its files");
        assertThat(directory.resolve("tools")).doesNotExist();
    }

    @Test
    void makesAThingAgainThatWasDamaged() throws IOException {
        Files.delete(make("1").resolve("last"));
        assertThat(make("2").resolve("last")).hasContent("2");
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void takesNothingOfAMakerThatWasKilledForWholeAndMakesItAgain() throws Exception {
        Path begun = directory.resolve("begun");
        Process killed = CacheProcess.start(directory, begun, directory.resolve("never"), directory.resolve("output"));
        await(() -> Files.exists(begun), killed);
        killed.destroyForcibly().waitFor();
        assertThat(directory.resolve("tools")).doesNotExist();
        assertThat(directory.resolve("work")).isNotEmptyDirectory();

        assertThat(make("2").resolve("last")).hasContent("2");
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void makesAThingOnceWhenTwoProcessesAskForItAtTheSameTime() throws Exception {
        Path begun = directory.resolve("begun");
        Path go = directory.resolve("go");
        Path output = directory.resolve("output");
        Process first = CacheProcess.start(directory, begun, go, directory.resolve("other-output"));
        await(() -> Files.exists(begun), first);
        Process second = CacheProcess.start(directory, begun, go, output);
        await(() -> contains(output, "Waiting for another process that sets up a thing"), second);
        Files.createFile(go);
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(begun).hasContent("begun\n");
    }

    @Test
    void sweepsWhatDeadMakersOfOtherThingsLeftAndSparesALivingOne() throws Exception {
        Path begun = directory.resolve("begun");
        Path go = directory.resolve("go");
        Process living = CacheProcess.start(directory, begun, go, directory.resolve("output"));
        await(() -> Files.exists(begun), living);
        Path dead = Files.createDirectories(directory.resolve("work/other-2.0.abc/result"));
        cache().<RuntimeException>provide(
                        "another-3",
                        "another",
                        1,
                        WHOLE,
                        workspace -> Files.writeString(workspace.result().resolve("last"), "3"));
        assertThat(dead).doesNotExist();
        Files.createFile(go);
        assertThat(living.waitFor()).isZero();
        assertThat(cache().find("thing-1", WHOLE)).isPresent();
    }

    @Test
    void saysHowMuchRoomIsMissingBeforeItBegins() {
        assertThatThrownBy(
                        () -> cache().<RuntimeException>provide("thing-1", "a thing", 900_000_000, WHOLE, workspace -> {
                            throw new AssertionError("begun");
                        }))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(directory.toString(), "MB free and a thing takes 900000000", "EPHEMERA_CACHE");
    }

    @Test
    void saysThatTheDiskIsFullWhenItFillsWhileMaking() throws Exception {
        Path small = mount("-o", "size=1m");
        try {
            var cache = new Cache(small.resolve("cache"), progress::add);
            assertThatThrownBy(() -> cache.<RuntimeException>provide(
                            "thing-1",
                            "a thing",
                            0,
                            WHOLE,
                            workspace -> Files.write(workspace.result().resolve("last"), new byte[2_000_000])))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("no space left while setting up a thing: make room in " + small);
            assertThat(small.resolve("cache/tools")).doesNotExist();
        } finally {
            unmount(small);
        }
    }

    @Test
    void saysThatTheCacheCannotBeWrittenAndStillFindsWhatIsInIt() throws Exception {
        Path readOnly = mount("-o", "size=1m");
        try {
            var cache = new Cache(readOnly, progress::add);
            make(cache, "1");
            run("mount", "-o", "remount,ro", readOnly.toString());
            assertThat(make(cache, "2").resolve("last")).hasContent("1");
            assertThatThrownBy(() -> cache.<RuntimeException>provide("other-1", "another", 0, WHOLE, workspace -> {}))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("cannot write to the cache directory " + readOnly)
                    .hasMessageContaining("set EPHEMERA_CACHE to a directory that can be written");
        } finally {
            unmount(readOnly);
        }
    }

    private Path make(String content) {
        return make(cache(), content);
    }

    private static Path make(Cache cache, String content) {
        return cache.<RuntimeException>provide(
                "thing-1",
                "a thing",
                0,
                WHOLE,
                workspace -> Files.writeString(workspace.result().resolve("last"), content));
    }

    private Cache cache() {
        return new Cache(directory, progress::add);
    }

    private static void await(BooleanSupplier condition, Process process) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    /** A file system in memory; needs root, as permissions that stop everybody else do not stop root. */
    private Path mount(String... options) throws Exception {
        Path place = Files.createDirectory(directory.resolve("mounted"));
        var line = new ArrayList<>(List.of("mount", "-t", "tmpfs"));
        line.addAll(List.of(options));
        line.addAll(List.of("tmpfs", place.toString()));
        assumeTrue(run(line.toArray(String[]::new)) == 0, "mounting a small file system needs root");
        return place;
    }

    private static void unmount(Path place) throws Exception {
        assertThat(run("umount", place.toString())).isZero();
    }

    private static int run(String... line) throws Exception {
        try {
            return new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return 127;
        }
    }
}
