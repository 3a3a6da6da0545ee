/**
 * The Pulumi entry point: read, build the spec, declare, export. No decisions.
 */
@NullMarked
package dev.ephemera.program;

import org.jspecify.annotations.NullMarked;
