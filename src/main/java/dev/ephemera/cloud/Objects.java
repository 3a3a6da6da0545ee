package dev.ephemera.cloud;

import dev.ephemera.failure.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Small texts that several processes share, beside Pulumi's state: each is made, replaced and deleted by one of them at a
 * time. Keys are words with slashes between them.
 */
public interface Objects extends AutoCloseable {
    String FILE = "file://";
    String BUCKET = "s3://";

    /**
     * A text as it was read.
     *
     * @param version another for every other content
     */
    record Held(String text, String version) {}

    /**
     * Those beside a backend's state.
     *
     * @param backend as Pulumi has it: {@code file://...} or {@code s3://...}
     * @return empty for any other: it is reached through Pulumi only
     * @throws Failure when it is one of these, but cannot be meant so
     */
    static Optional<Objects> at(String backend) {
        var directory = directory(backend);
        if (directory.isPresent()) {
            return directory.map(FileObjects::new);
        }
        return backend.startsWith(BUCKET) ? Optional.of(S3Objects.at(URI.create(backend))) : Optional.empty();
    }

    /** The directory that a backend's address is; empty where it is none. */
    static Optional<Path> directory(String backend) {
        return Optional.of(backend)
                .filter(each -> each.startsWith(FILE))
                .map(each -> each.substring(FILE.length()))
                .map(path -> path.startsWith("~")
                        ? Path.of(System.getProperty("user.home"), path.substring(1))
                        : Path.of(path));
    }

    /** Whether {@link #at} finds a place beside a backend's state; asks nobody. */
    static boolean areBeside(String backend) {
        return backend.startsWith(FILE) || backend.startsWith(BUCKET);
    }

    /** What is under {@code key}; empty when nothing is. */
    Optional<Held> get(String key);

    /** Puts it there, unless something is: then false. */
    boolean create(String key, String text);

    /** Puts {@code text} in the place of the version that was read; false when another is there, or none. */
    boolean replace(String key, String text, String version);

    /** Takes the version away that was read; false when another is there, or none. */
    boolean delete(String key, String version);

    /** The keys that begin with {@code prefix}, in order. */
    List<String> list(String prefix);

    @Override
    void close();
}
