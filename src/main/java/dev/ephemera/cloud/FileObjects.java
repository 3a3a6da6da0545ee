package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * In a directory. Readers see whole texts; writers take turns by a lock of the operating system's on one file, which it gives
 * back when a process dies.
 */
final class FileObjects implements Objects {
    private static final String GUARD = ".ephemera/.guard";
    /** A lock holds between processes; this holds between the threads of one. */
    private static final Object TURN = new Object();

    private final Path root;

    FileObjects(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    private Path file(String key) {
        var file = root.resolve(key).normalize();
        if (!file.startsWith(root)) {
            throw new IllegalArgumentException("key %s leads out of %s".formatted(key, root));
        }
        return file;
    }

    @Override
    public Optional<Held> get(String key) {
        try {
            // The text is its own version: equal texts are the same to whoever replaces one.
            var text = Files.readString(file(key));
            return Optional.of(new Held(text, text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(key, e);
        }
    }

    @Override
    public boolean create(String key, String text) {
        return inTurn(key, () -> {
            if (Files.exists(file(key))) {
                return false;
            }
            write(key, text);
            return true;
        });
    }

    @Override
    public boolean replace(String key, String text, String version) {
        return inTurn(key, () -> {
            if (!is(key, version)) {
                return false;
            }
            write(key, text);
            return true;
        });
    }

    @Override
    public boolean delete(String key, String version) {
        return inTurn(key, () -> is(key, version) && Files.deleteIfExists(file(key)));
    }

    private boolean is(String key, String version) {
        return get(key).filter(held -> held.version().equals(version)).isPresent();
    }

    /** On the disk before it is under its name, and its name on the disk before anybody is told. */
    private void write(String key, String text) throws IOException {
        var file = file(key);
        var folder = Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        var whole = folder.resolve("." + file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                whole, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private interface Change {
        boolean make() throws IOException;
    }

    private boolean inTurn(String key, Change change) {
        var guard = root.resolve(GUARD);
        synchronized (TURN) {
            try {
                Files.createDirectories(java.util.Objects.requireNonNull(guard.getParent()));
                try (var channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    return lock.isValid() && change.make();
                }
            } catch (IOException e) {
                throw failure(key, e);
            }
        }
    }

    @Override
    public List<String> list(String prefix) {
        var folder = file(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        try {
            return FileList.below(folder).stream()
                    .map(file -> root.relativize(file).toString())
                    .filter(key -> key.startsWith(prefix) && !key.contains("/."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failure(prefix, e);
        }
    }

    private Failure failure(String key, IOException e) {
        return new Failure(
                Exit.UNDECIDED,
                "%s in the state's directory %s cannot be read or written: %s; make it writable, and run again"
                        .formatted(key, root, e.getMessage()),
                e);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
