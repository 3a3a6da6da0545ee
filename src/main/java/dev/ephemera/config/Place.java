package dev.ephemera.config;

import java.nio.file.Path;

/**
 * Where a value stands.
 *
 * @param line counted from 1
 */
record Place(Path file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
