package com.example.shop.schema;

import com.example.shop.RestoredDatabase;

/** A restored database at this release's schema. */
public final class MigratedDatabase {
    private MigratedDatabase() {}

    public static RestoredDatabase start() throws Exception {
        var restored = new RestoredDatabase();
        Migrate.up(restored.database());
        return restored;
    }
}
