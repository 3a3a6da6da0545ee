package dev.ephemera.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** How pods reach a database of an environment: what the database's Secret says. */
record DatabaseLogin(String address, String database, String username, String password) {

    static DatabaseLogin of(Clouds clouds, String stack, String key) {
        var data = clouds.kubernetes
                .secrets()
                .inNamespace(clouds.namespace(stack).orElseThrow())
                .withName(key)
                .get()
                .getData();
        var prefix = key.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        return new DatabaseLogin(
                address(Clouds.decoded(data.get(prefix + "HOST"))),
                Clouds.decoded(data.get(prefix + "DATABASE")),
                Clouds.decoded(data.get(prefix + "USERNAME")),
                Clouds.decoded(data.get(prefix + "PASSWORD")));
    }

    /** Of an instance that no environment has. */
    static DatabaseLogin at(Clouds clouds, String identifier, String database, String username, String password) {
        var instance = clouds.rds
                .describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .get(0);
        return new DatabaseLogin(address(instance.endpoint().address()), database, username, password);
    }

    /** As the sandbox's name servers have it. */
    private static String address(String host) {
        return TestSandbox.SHARED
                .run(Path.of("").toAbsolutePath(), Map.of(), List.of("getent", "hosts", host))
                .succeeded()
                .output()
                .split(" +")[0];
    }

    DatabaseLogin as(String otherUsername, String otherPassword) {
        return new DatabaseLogin(address, database, otherUsername, otherPassword);
    }

    Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "require");
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection("jdbc:postgresql://" + address + "/" + database, properties);
    }
}
