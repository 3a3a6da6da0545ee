package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Directories that are made once per user and then only read. A directory appears under its name in one step, when it is
 * whole; what is being made stands in {@code work/}, and is deleted by whoever finds that its maker is gone. The whole cache
 * can be deleted at any time.
 */
final class Cache {
    /** Longer than the longest build takes on a slow, busy machine. */
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(90);

    private final Path directory;
    private final Consumer<String> progress;

    Cache(Path directory, Consumer<String> progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** {@code $EPHEMERA_CACHE}, else {@code $XDG_CACHE_HOME/ephemera}, else {@code ~/.cache/ephemera}. */
    static Path location(Map<String, String> environment) {
        String own = environment.getOrDefault("EPHEMERA_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own).toAbsolutePath().normalize();
        }
        // The XDG base directory specification says that a relative path here is to be ignored.
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path parent =
                shared.startsWith("/") ? Path.of(shared) : home(environment).resolve(".cache");
        return parent.resolve("ephemera");
    }

    /** {@code $HOME}, or what the system says where a job runs without it. */
    static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
    }

    Path directory() {
        return directory;
    }

    /** Makes something in a workspace, or throws; nothing is published then. */
    interface Maker<X extends Exception> {
        void make(Workspace workspace) throws IOException, X;
    }

    /** The directory of that name, if it is there and whole. */
    Optional<Path> find(String name, Predicate<Path> whole) {
        Path place = place(name);
        return whole.test(place) ? Optional.of(place) : Optional.empty();
    }

    /** As {@link #find}, and makes it where it is absent: once, however many processes ask at the same time. */
    <X extends Exception> Path provide(String name, String title, int megabytes, Predicate<Path> whole, Maker<X> maker)
            throws X {
        Optional<Path> made = find(name, whole);
        if (made.isPresent()) {
            return made.get();
        }
        Runnable waiting = () -> progress.accept("Waiting for another process that sets up " + title + " ...");
        try (var lock = CacheLock.acquire(lock(name), LONGEST_BUILD, waiting)) {
            Optional<Path> there = find(name, whole);
            if (there.isPresent()) {
                return there.get();
            }
            sweep(name);
            Trouble.unlessRoomFor(megabytes, title, directory);
            return make(name, title, whole, maker);
        } catch (IOException e) {
            throw Trouble.of(e, title, directory);
        }
    }

    private <X extends Exception> Path make(String name, String title, Predicate<Path> whole, Maker<X> maker)
            throws IOException, X {
        Path work = directory.resolve("work").resolve(name + "." + UUID.randomUUID());
        try {
            var workspace = Workspace.in(work, directory.resolve("logs").resolve(name + ".log"));
            maker.make(workspace);
            if (!whole.test(workspace.result())) {
                throw Trouble.incomplete(title, workspace.log());
            }
            return publish(name, workspace.result(), work);
        } finally {
            delete(work);
        }
    }

    private Path publish(String name, Path result, Path work) throws IOException {
        Path place = place(name);
        Files.createDirectories(place.getParent());
        if (Files.exists(place)) {
            // Published once, damaged since: a Python that was upgraded away under a virtual environment, for example.
            Files.move(place, work.resolve("damaged"), StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.move(result, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what makers left that were killed. The lock on {@code mine} is held; others are taken for a moment. */
    private void sweep(String mine) throws IOException {
        Path work = directory.resolve("work");
        if (!Files.isDirectory(work)) {
            return;
        }
        try (Stream<Path> left = Files.list(work)) {
            for (Path path : left.toList()) {
                String file = path.getFileName().toString();
                String name = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
                if (name.equals(mine)) {
                    delete(path);
                    continue;
                }
                Optional<CacheLock> lock = CacheLock.tryAcquire(lock(name));
                if (lock.isPresent()) {
                    try (var held = lock.get()) {
                        delete(path);
                    }
                }
            }
        }
    }

    private Path place(String name) {
        return directory.resolve("tools").resolve(name);
    }

    private Path lock(String name) {
        return directory.resolve("locks").resolve(name + ".lock");
    }

    /** A process that survived its killed parent may still write there: what then cannot be deleted goes next time. */
    private static void delete(Path path) {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return;
        }
    }
}
