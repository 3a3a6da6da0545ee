/**
 * Command lines: parse, call one thing, print, exit code.
 */
@NullMarked
package dev.ephemera.cli;

import org.jspecify.annotations.NullMarked;
