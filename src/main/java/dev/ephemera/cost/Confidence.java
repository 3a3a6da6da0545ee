package dev.ephemera.cost;

import java.util.Locale;

/** What a cost rests on. */
public enum Confidence {
    /** A price of the price book, and a quantity that the stack says. */
    LISTED,
    /** One of the two is not known. */
    UNKNOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
