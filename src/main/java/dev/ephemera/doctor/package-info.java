/**
 * Whether all is there that environments need: looks at engine, state, clouds and what killed runs have left, and changes
 * nothing.
 */
@NullMarked
package dev.ephemera.doctor;

import org.jspecify.annotations.NullMarked;
