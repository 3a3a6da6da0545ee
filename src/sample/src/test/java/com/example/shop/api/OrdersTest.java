package com.example.shop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.shop.RestoredDatabase;
import com.example.shop.schema.MigratedDatabase;
import com.example.shop.schema.Seed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private static RestoredDatabase restored;

    @BeforeAll
    static void start() throws Exception {
        restored = MigratedDatabase.start();
    }

    @AfterAll
    static void stop() throws Exception {
        restored.close();
    }

    @Test
    void anOrderIsPlacedByTheReviewersCustomerAndWaitsForTheWorker() throws Exception {
        Seed.plant(restored.database());
        try (var connection = restored.connect()) {
            var order = new Orders(connection).place(2, 3);
            var summary = new Summaries(connection).read("CONNECTED");
            assertThat(summary.waiting()).isEqualTo(1);
            assertThat(summary.orders().rows().get(0))
                    .startsWith(Long.toString(order), "Rita Reviewer", "3 x Pot", "placed")
                    .endsWith("", "");
        }
    }

    @Test
    void anOrderOfSomethingUnknownLeavesNothing() throws Exception {
        var before = restored.value("select count(*) from orders");
        try (var connection = restored.connect()) {
            assertThatThrownBy(() -> new Orders(connection).place(99, 1)).hasMessage("product: there is no 99");
        }
        assertThat(restored.value("select count(*) from orders")).isEqualTo(before);
    }

    @Test
    void theSummaryHasTheRowsOfTheSnapshotAndItsMigrations() throws Exception {
        try (var connection = restored.connect()) {
            var summary = new Summaries(connection).read("CONNECTED");
            assertThat(summary.counts()).containsEntry("products", 2L);
            assertThat(summary.migrations()).extracting("version").containsExactly("1", "2");
            assertThat(summary.customers().columns()).contains("name", "email");
            assertThat(summary.customers().rows())
                    .anySatisfy(row -> assertThat(row).contains("Masked 1"));
        }
    }
}
