package dev.ephemera.sandbox.aws;

import org.jspecify.annotations.Nullable;

/** A value that the engine keeps encrypted in its state. Never printed: {@link #toString()} hides it. */
record Secret(@Nullable Object value) {
    @Override
    public String toString() {
        return "[secret]";
    }
}
