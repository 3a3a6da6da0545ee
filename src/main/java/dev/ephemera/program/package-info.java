/**
 * The Pulumi entry point: read, build the spec, declare, export. No decisions. {@link dev.ephemera.program.Program} and
 * {@link dev.ephemera.program.Extension} are for programs that extend it.
 */
@NullMarked
package dev.ephemera.program;

import org.jspecify.annotations.NullMarked;
