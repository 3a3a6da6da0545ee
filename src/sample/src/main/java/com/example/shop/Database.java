package com.example.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * The shop's database. Each use has a connection of its own: nothing grows stale when the server goes away and comes back.
 *
 * @param url a JDBC address without credentials
 */
public record Database(String url, String username, String password) {
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";

    /**
     * From {@code ORDERS_HOST}, {@code ORDERS_PORT}, {@code ORDERS_DATABASE}, {@code ORDERS_USERNAME}, {@code
     * ORDERS_PASSWORD}, and {@code ORDERS_SSLMODE}, which is {@code require} when absent, because RDS refuses plain text.
     */
    public static Database from(Map<String, String> environment) {
        return new Database(
                "jdbc:postgresql://%s:%s/%s?sslmode=%s"
                        .formatted(
                                Environment.required(environment, "ORDERS_HOST"),
                                Environment.required(environment, "ORDERS_PORT"),
                                Environment.required(environment, "ORDERS_DATABASE"),
                                environment.getOrDefault("ORDERS_SSLMODE", "require")),
                Environment.required(environment, "ORDERS_USERNAME"),
                Environment.required(environment, "ORDERS_PASSWORD"));
    }

    /** A connection that the caller closes; gives up on a server that does not answer. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("ApplicationName", "shop");
        return DriverManager.getConnection(url, properties);
    }

    /** Waits until the server lets this user in. */
    public void await() throws InterruptedException {
        Patience.until("the database at " + url, () -> {
            try (var connection = connect()) {
                return connection.isValid(1);
            }
        });
    }

    @Override
    public String toString() {
        return url;
    }
}
