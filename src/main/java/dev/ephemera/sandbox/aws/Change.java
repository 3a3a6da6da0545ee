package dev.ephemera.sandbox.aws;

/** One property that a program wants otherwise than it is. */
record Change(String property, Kind kind, boolean replaces) {
    enum Kind {
        ADD,
        DELETE,
        UPDATE
    }
}
