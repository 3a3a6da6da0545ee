package com.example.shop.worker;

import com.example.shop.Database;
import java.sql.SQLException;

/** Confirms the orders that wait for it. Several may run side by side: each order is taken by one. */
final class Confirmation {
    private static final String CONFIRM = """
            with taken as (
                update order_events set processed_at = now(), processed_by = ?
                where order_id in (
                    select order_id from order_events where processed_at is null for update skip locked)
                returning order_id)
            update orders set status = 'confirmed' from taken where orders.id = taken.order_id
            """;

    private final Database database;
    private final String name;

    /** @param name what is written beside each order */
    Confirmation(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /** How many were confirmed: none also while the database is away, then they wait for the next time. */
    int confirmWaiting() {
        try (var connection = database.connect();
                var confirm = connection.prepareStatement(CONFIRM)) {
            confirm.setString(1, name);
            int confirmed = confirm.executeUpdate();
            if (confirmed > 0) {
                System.out.println("confirmed " + confirmed + (confirmed == 1 ? " order" : " orders"));
            }
            return confirmed;
        } catch (SQLException e) {
            System.err.println("orders wait: " + e.getMessage());
            return 0;
        }
    }
}
