package com.example.shop.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.RestoredDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MigrateTest {
    @Test
    void aRestoredSnapshotIsTakenAsVersion1AndBroughtForwardOnce() throws Exception {
        try (var restored = new RestoredDatabase()) {
            Migrate.up(restored.database());
            Migrate.up(restored.database());
            assertThat(restored.value("select string_agg(version || ' ' || type, ', ' order by installed_rank)"
                            + " from flyway_schema_history"))
                    .isEqualTo("1 BASELINE, 2 SQL");
            assertThat(restored.value("select count(*) from customers")).isEqualTo("2");
        }
    }

    @Test
    void thePushGivesCustomersAPointForEachWholeUnitSpent() throws Exception {
        try (var restored = new RestoredDatabase();
                var connection = restored.connect();
                var statement = connection.createStatement()) {
            statement.execute(Files.readString(Path.of("push/db/migration/V3__loyalty_points.sql")));
            assertThat(restored.value("select string_agg(loyalty_points::text, ', ' order by id) from customers"))
                    .isEqualTo("0, 28");
            statement.execute(Files.readString(Path.of("push/customers.sql")));
        }
    }

    @Test
    void seedingTwiceAddsOneCustomer() throws Exception {
        try (var restored = new RestoredDatabase()) {
            assertThat(Seed.plant(restored.database())).isEqualTo(1);
            assertThat(Seed.plant(restored.database())).isZero();
        }
    }
}
