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
        if (backend.startsWith("file://")) {
            var path = backend.substring("file://".length());
            return Optional.of(new FileObjects(
                    path.startsWith("~")
                            ? Path.of(System.getProperty("user.home"), path.substring(1))
                            : Path.of(path)));
        }
        return backend.startsWith("s3://") ? Optional.of(S3Objects.at(URI.create(backend))) : Optional.empty();
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
