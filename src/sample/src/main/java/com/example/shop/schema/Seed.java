package com.example.shop.schema;

import com.example.shop.Database;
import com.example.shop.Main;
import com.example.shop.Patience;
import java.sql.SQLException;

/**
 * Adds what reviewers need and production does not have: a customer of their own. It may be run again at any time. Jobs
 * start together, so it waits until {@link Migrate} has been here.
 */
public final class Seed {
    private Seed() {}

    public static void main(String[] arguments) {
        Main.run("seed", environment -> {
            var database = Database.from(environment);
            Patience.until("the migrated schema", () -> migrated(database));
            System.out.println(plant(database) == 1 ? "added the reviewers' customer" : "nothing to do");
        });
    }

    /** How many rows were added. */
    public static int plant(Database database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            return statement.executeUpdate("insert into customers (name, email, phone, address) values"
                    + " ('Rita Reviewer', 'reviewer@example.com', '+00 000 000', 'This preview')"
                    + " on conflict (email) do nothing");
        }
    }

    private static boolean migrated(Database database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select to_regclass('order_events') is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }
}
