/**
 * How a command fails: one clear sentence and an exit code that scripts can rely on.
 */
@NullMarked
package dev.ephemera.failure;

import org.jspecify.annotations.NullMarked;
