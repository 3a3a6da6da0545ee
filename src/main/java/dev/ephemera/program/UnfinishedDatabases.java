package dev.ephemera.program;

import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Databases whose instance exists although no update has seen it through: the one that restored it was interrupted, perhaps
 * before it had set the environment's password. Pulumi's state then holds that password as if it had been set, and only
 * another one makes the provider set it.
 */
final class UnfinishedDatabases {
    private final Map<Key, CompletableFuture<Optional<String>>> instances = new LinkedHashMap<>();

    /**
     * Begins to look for the instance of each database.
     *
     * @param resourceId that of the RDS instance with a name; empty when there is none
     */
    UnfinishedDatabases(
            EnvironmentNames names, Collection<Key> databases, Function<String, Optional<String>> resourceId) {
        databases.forEach(
                key -> instances.put(key, CompletableFuture.supplyAsync(() -> resourceId.apply(names.physical(key)))));
    }

    /**
     * Waits for the answers.
     *
     * @param finished the instance of each database that an update has seen through
     * @throws Failure when AWS does not answer
     */
    Set<Key> besides(Map<String, OwnOutputs.Instance> finished) {
        try {
            return instances.entrySet().stream()
                    .filter(entry -> isUnfinished(
                            entry.getValue().join(),
                            Optional.ofNullable(finished.get(entry.getKey().value()))))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }

    private static boolean isUnfinished(Optional<String> there, Optional<OwnOutputs.Instance> finished) {
        return there.isPresent()
                && finished.filter(instance -> instance.mayBe(there.get())).isEmpty();
    }
}
