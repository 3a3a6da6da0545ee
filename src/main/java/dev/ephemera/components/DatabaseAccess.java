package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ShortHash;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How to reach a database, as containers get it: {@code ORDERS_HOST}, {@code ORDERS_PORT}, {@code ORDERS_DATABASE}, {@code
 * ORDERS_USERNAME} and {@code ORDERS_PASSWORD} for the key {@code orders}.
 *
 * @param variables environment variables, secret as a whole
 * @param secretName the Kubernetes Secret that holds them
 * @param secret the Secret as a resource, for what has to wait for it
 * @param podLabel without it a pod's connections to the database are dropped
 * @param fingerprint another value for each choice of a snapshot and each password under this key, and for another
 *     database or user in it; known before the database is there
 * @param restored another value for each database that was ever restored under this key, whatever replaced the one before;
 *     known only when it is there
 */
public record DatabaseAccess(
        Output<Map<String, String>> variables,
        Output<String> secretName,
        Resource secret,
        Map<String, String> podLabel,
        Output<String> fingerprint,
        Output<String> restored) {

    static Output<Map<String, String>> variables(
            Key key,
            Output<String> host,
            Output<Integer> port,
            String database,
            String username,
            Output<String> password) {
        var prefix = key.value().toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        return Output.tuple(host, port, password).applyValue(values -> {
            Map<String, String> variables = new TreeMap<>();
            variables.put(prefix + "HOST", values.t1);
            variables.put(prefix + "PORT", String.valueOf(values.t2));
            variables.put(prefix + "DATABASE", database);
            variables.put(prefix + "USERNAME", username);
            variables.put(prefix + "PASSWORD", values.t3);
            return variables;
        });
    }

    /** Another value whenever one of {@code databases} was chosen anew. */
    static Output<String> fingerprint(List<DatabaseAccess> databases) {
        return hash(databases, DatabaseAccess::fingerprint);
    }

    /** Another value whenever one of {@code databases} was restored anew. */
    static Output<String> restored(List<DatabaseAccess> databases) {
        return hash(databases, DatabaseAccess::restored);
    }

    private static Output<String> hash(List<DatabaseAccess> databases, Function<DatabaseAccess, Output<String>> part) {
        return Output.all(databases.stream().map(part).toList())
                .applyValue(each -> ShortHash.of(each.toArray(String[]::new)));
    }

    /** The variables of several databases in one map. */
    static Output<Map<String, String>> together(List<DatabaseAccess> databases) {
        return Output.all(databases.stream().map(DatabaseAccess::variables).toList())
                .applyValue(each -> {
                    Map<String, String> all = new TreeMap<>();
                    each.forEach(all::putAll);
                    return all;
                });
    }
}
