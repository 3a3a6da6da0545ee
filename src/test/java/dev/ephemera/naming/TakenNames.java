package dev.ephemera.naming;

import java.util.OptionalInt;

/**
 * Names and who has each, as fingerprints of 64 bits: a million strings of each kind would need gigabytes. Whoever looks at a
 * clash that it finds compares the names themselves; that two owners have one fingerprint, which would hide a clash, is as
 * unlikely as 2^-64 for each pair that clashes.
 */
final class TakenNames {
    private static final int SLOTS = 1 << 24;

    private final long[] names = new long[SLOTS];
    private final long[] owners = new long[SLOTS];
    private final int[] places = new int[SLOTS];
    private int size;

    /**
     * Takes {@code name} for {@code owner}.
     *
     * @param place where {@code owner} is found again
     * @return the place of another owner who has the name, or one with its fingerprint, already
     */
    OptionalInt take(String name, String owner, int place) {
        var wanted = fingerprint(name);
        var taker = fingerprint(owner);
        int slot = (int) (wanted >>> 20) & SLOTS - 1;
        while (names[slot] != 0) {
            if (names[slot] == wanted) {
                return owners[slot] == taker ? OptionalInt.empty() : OptionalInt.of(places[slot]);
            }
            slot = slot + 1 & SLOTS - 1;
        }
        if (++size > SLOTS * 3 / 4) {
            throw new IllegalStateException("too many names for %d slots".formatted(SLOTS));
        }
        names[slot] = wanted;
        owners[slot] = taker;
        places[slot] = place;
        return OptionalInt.empty();
    }

    /** How many different names there are. */
    int size() {
        return size;
    }

    /** Never 0, which marks a free slot. The multiplier is 2^64 divided by the golden ratio, as in SplittableRandom. */
    private static long fingerprint(String text) {
        long mixed = text.length();
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 32;
        }
        return mixed == 0 ? 1 : mixed;
    }
}
