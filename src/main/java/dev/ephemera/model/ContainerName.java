package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.Optional;

/**
 * Which container of an application: {@code web}, or {@code web/assets} for the init container {@code assets} before it.
 *
 * @param owner the workload or job
 * @param initContainer empty for its own container
 */
public record ContainerName(Key owner, Optional<Key> initContainer) {

    /** The own container of {@code owner}. */
    public static ContainerName of(Key owner) {
        return new ContainerName(owner, Optional.empty());
    }

    /** Reads what {@link #toString} writes; throws {@link IllegalArgumentException} for anything else. */
    public static ContainerName parse(String text) {
        var parts = text.split("/", 2);
        return new ContainerName(
                new Key(parts[0]), parts.length == 2 ? Optional.of(new Key(parts[1])) : Optional.empty());
    }

    /** The init container {@code name} of {@code owner}. */
    public static ContainerName of(Key owner, Key name) {
        return new ContainerName(owner, Optional.of(name));
    }

    @Override
    public String toString() {
        return owner + initContainer.map(name -> "/" + name).orElse("");
    }
}
