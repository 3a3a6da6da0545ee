package dev.ephemera.components;

import com.pulumi.core.Output;
import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The Secrets without which a pod's containers do not start, and which they get as environment variables: the databases'
 * own, or the one that stands for them until the jobs are through.
 *
 * @param names each of them
 * @param databases the one that says how to reach a database, by its key
 */
record StartSecrets(List<Output<String>> names, Map<Key, Output<String>> databases) {

    /** Those of the databases themselves. */
    static StartSecrets of(List<DatabaseAccess> databases) {
        return new StartSecrets(
                databases.stream().map(DatabaseAccess::secretName).toList(),
                databases.stream().collect(Collectors.toMap(DatabaseAccess::key, DatabaseAccess::secretName)));
    }

    /** The gate's, which holds what theirs hold. */
    static StartSecrets of(StartGate gate, List<DatabaseAccess> databases) {
        return new StartSecrets(
                List.of(gate.secretName()),
                databases.stream().collect(Collectors.toMap(DatabaseAccess::key, database -> gate.secretName())));
    }

    Output<String> holding(Key database) {
        var secret = databases.get(database);
        if (secret == null) {
            throw new IllegalArgumentException(
                    "a variable names database %s, want it among the databases that are given".formatted(database));
        }
        return secret;
    }
}
