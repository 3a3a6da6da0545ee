package com.example.shop.schema;

import com.example.shop.Database;
import com.example.shop.Main;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateOutput;

/** Brings the database to this release's schema: {@code migrate up}. It may be run again at any time. */
public final class Migrate {
    /** Kept: the JDK forgets the level of a logger that nobody holds. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private Migrate() {}

    public static void main(String[] arguments) {
        Main.run("migrate", environment -> {
            if (!List.of(arguments).equals(List.of("up"))) {
                throw new IllegalArgumentException("got \"%s\", want \"up\"".formatted(String.join(" ", arguments)));
            }
            var database = Database.from(environment);
            database.await();
            up(database);
        });
    }

    static void up(Database database) {
        FLYWAY.setLevel(Level.WARNING);
        var result = flyway(database).migrate();
        System.out.println(
                result.migrations.isEmpty()
                        ? "nothing to do, the schema is at " + result.initialSchemaVersion
                        : "done: "
                                + result.migrations.stream().map(Migrate::text).toList());
    }

    /** Snapshots come from before Flyway: what they hold is version 1. */
    private static Flyway flyway(Database database) {
        return Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .locations("classpath:db/migration")
                .baselineOnMigrate(true)
                .baselineVersion("1")
                .baselineDescription("the restored snapshot")
                .load();
    }

    private static String text(MigrateOutput migration) {
        return migration.version + " " + migration.description;
    }
}
