package com.example.shop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Database;
import com.example.shop.RestoredDatabase;
import com.example.shop.schema.MigratedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConfirmationTest {
    private static final String PLACE =
            "with placed as (insert into orders (customer_id, status) values (1, 'placed') returning id)"
                    + " insert into order_events (order_id) select id from placed";

    @Test
    void confirmsWhatWaitsAndNothingElse() throws Exception {
        try (RestoredDatabase restored = MigratedDatabase.start();
                var connection = restored.connect();
                var statement = connection.createStatement()) {
            statement.execute(PLACE);
            statement.execute(PLACE);
            var confirmation = new Confirmation(restored.database(), "worker 1.0");
            assertThat(confirmation.confirmWaiting()).isEqualTo(2);
            assertThat(confirmation.confirmWaiting()).isZero();
            assertThat(restored.value("select string_agg(status, ', ' order by id) from orders"))
                    .isEqualTo("delivered, confirmed, confirmed");
            assertThat(restored.value("select distinct processed_by from order_events"))
                    .isEqualTo("worker 1.0");
        }
    }

    @Test
    @Timeout(10)
    void leavesWhatAnotherWorkerHasInHand() throws Exception {
        try (RestoredDatabase restored = MigratedDatabase.start();
                var other = restored.connect();
                var statement = other.createStatement()) {
            statement.execute(PLACE);
            other.setAutoCommit(false);
            statement.execute("select * from order_events for update");
            assertThat(new Confirmation(restored.database(), "worker").confirmWaiting())
                    .isZero();
        }
    }

    @Test
    void waitsForTheNextTimeWhileTheDatabaseIsAway() {
        var away = new Database("jdbc:postgresql://127.0.0.1:1/shop", "app", "secret");
        assertThat(new Confirmation(away, "worker").confirmWaiting()).isZero();
    }
}
