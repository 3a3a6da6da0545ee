/**
 * A cloud on one machine: starts it, seeds it, says what is there, takes it down.
 */
@NullMarked
package dev.ephemera.sandbox;

import org.jspecify.annotations.NullMarked;
