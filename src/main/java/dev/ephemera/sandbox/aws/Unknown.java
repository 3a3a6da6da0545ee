package dev.ephemera.sandbox.aws;

/** A value that only a later step of the same update will know. Seen during a preview only. */
enum Unknown {
    UNKNOWN
}
