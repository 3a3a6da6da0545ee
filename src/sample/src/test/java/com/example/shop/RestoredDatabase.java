package com.example.shop;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A real PostgreSQL server with a database as a snapshot brings it: the first version's tables, some rows, no history. */
public final class RestoredDatabase implements AutoCloseable {
    private static final String ROWS = """
            insert into customers (name, email) values ('Masked 1', 'one@example.org'), ('Masked 2', 'two@example.org');
            insert into products (name, price_cents) values ('Tea', 450), ('Pot', 1999);
            insert into orders (customer_id, status) values (2, 'delivered');
            insert into order_lines values (1, 1, 1, 2), (1, 2, 2, 1);
            """;

    private final EmbeddedPostgres server;

    public RestoredDatabase() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            statement.execute(Release.text("db/migration/V1__shop.sql"));
            statement.execute(ROWS);
        }
    }

    /** Without TLS, which this server does not speak. */
    public Database database() {
        return new Database(
                "jdbc:postgresql://127.0.0.1:%d/postgres?sslmode=disable".formatted(server.getPort()),
                "postgres",
                "postgres");
    }

    public Connection connect() throws SQLException {
        return database().connect();
    }

    /** The first column of the one row that {@code query} gives. */
    public String value(String query) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
