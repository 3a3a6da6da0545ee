package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import dev.ephemera.model.DatabaseField;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ShortHash;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How to reach a database, as containers get it: {@code ORDERS_HOST}, {@code ORDERS_PORT}, {@code ORDERS_DATABASE}, {@code
 * ORDERS_USERNAME}, {@code ORDERS_PASSWORD} and, all in one, {@code ORDERS_URL} for the key {@code orders}.
 *
 * @param key the database's
 * @param variables environment variables, secret as a whole
 * @param secretName the Kubernetes Secret that holds them
 * @param secret the Secret as a resource, for what has to wait for it
 * @param podLabel without it a pod's connections to the database are dropped; known when what looks at it is there
 * @param fingerprint another value for each choice of a snapshot and each password under this key, and for another
 *     database or user in it; known before the database is there
 * @param restored another value for each database that was ever restored under this key, whatever replaced the one before;
 *     known only when it is there
 */
public record DatabaseAccess(
        Key key,
        Output<Map<String, String>> variables,
        Output<String> secretName,
        Resource secret,
        Output<Map<String, String>> podLabel,
        Output<String> fingerprint,
        Output<String> restored) {

    static Output<Map<String, String>> variables(
            Key key,
            Output<String> host,
            Output<Integer> port,
            String database,
            String username,
            Output<String> password) {
        return Output.tuple(host, port, password).applyValue(values -> {
            Map<String, String> variables = new TreeMap<>();
            variables.put(variable(key, DatabaseField.HOST), values.t1);
            variables.put(variable(key, DatabaseField.PORT), String.valueOf(values.t2));
            variables.put(variable(key, DatabaseField.DATABASE), database);
            variables.put(variable(key, DatabaseField.USERNAME), username);
            variables.put(variable(key, DatabaseField.PASSWORD), values.t3);
            variables.put(
                    variable(key, DatabaseField.URL),
                    "postgresql://%s:%s@%s:%d/%s"
                            .formatted(encoded(username), values.t3, values.t1, values.t2, encoded(database)));
            return variables;
        });
    }

    /** The name under which containers get a field of the database {@code key}. */
    static String variable(Key key, DatabaseField field) {
        return key.value().toUpperCase(Locale.ROOT).replace('-', '_') + "_" + field.name();
    }

    /** As RFC 3986 wants it inside a URL; a password of ours needs none. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The labels of pods that use {@code databases}. */
    static Output<Map<String, String>> podLabels(List<DatabaseAccess> databases) {
        return together(databases, DatabaseAccess::podLabel);
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
        return together(databases, DatabaseAccess::variables);
    }

    private static Output<Map<String, String>> together(
            List<DatabaseAccess> databases, Function<DatabaseAccess, Output<Map<String, String>>> part) {
        return Output.all(databases.stream().map(part).toList()).applyValue(each -> {
            Map<String, String> all = new TreeMap<>();
            each.forEach(all::putAll);
            return all;
        });
    }
}
