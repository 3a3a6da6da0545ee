package dev.ephemera.chaos;

import java.util.Locale;

/** A way to break the reaper. The checker has to see each: one that finds nothing after it proves nothing without it. */
enum Sabotage {
    /** It does not see databases. */
    DATABASES,
    /** It takes one page of the forge's list for all of it. */
    PARTIAL,
    /** It deletes whatever has a name that begins like the environment's. */
    PREFIX,
    /** It takes leases and locks away from those who work. */
    LEASE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
