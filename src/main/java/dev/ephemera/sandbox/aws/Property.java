package dev.ephemera.sandbox.aws;

import org.jspecify.annotations.Nullable;

/**
 * One property of a resource type.
 *
 * @param name as in the SDK
 * @param input false for what only the cloud decides
 * @param required the program has to set it
 * @param computed where the program leaves it out the cloud decides, and leaving it out later changes nothing
 * @param replaces a change needs a new resource
 * @param secret the outputs mark it secret, whoever set it
 * @param fallback the default; null for none
 */
record Property(
        String name,
        Kind kind,
        boolean input,
        boolean required,
        boolean computed,
        boolean replaces,
        boolean secret,
        @Nullable Object fallback) {

    /** The shape of a property's value. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        /** Texts whose order counts for nothing. */
        SET,
        /** Texts by name. */
        MAP,
        /** A list of nested values. */
        BLOCKS
    }

    static Property text(String name) {
        return input(name, Kind.TEXT);
    }

    static Property number(String name) {
        return input(name, Kind.NUMBER);
    }

    static Property flag(String name) {
        return input(name, Kind.FLAG);
    }

    static Property set(String name) {
        return input(name, Kind.SET);
    }

    static Property map(String name) {
        return input(name, Kind.MAP);
    }

    static Property blocks(String name) {
        return input(name, Kind.BLOCKS);
    }

    private static Property input(String name, Kind kind) {
        return new Property(name, kind, true, false, false, false, false, null);
    }

    /** What only the cloud decides. */
    Property onlyOutput() {
        return new Property(name, kind, false, false, true, false, secret, null);
    }

    Property mandatory() {
        return new Property(name, kind, input, true, computed, replaces, secret, fallback);
    }

    Property orComputed() {
        return new Property(name, kind, input, required, true, replaces, secret, fallback);
    }

    Property replacing() {
        return new Property(name, kind, input, required, computed, true, secret, fallback);
    }

    Property alwaysSecret() {
        return new Property(name, kind, input, required, computed, replaces, true, fallback);
    }

    Property or(Object value) {
        return new Property(name, kind, input, required, computed, replaces, secret, value);
    }
}
