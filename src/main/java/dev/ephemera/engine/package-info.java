/** What Pulumi's engine says of an update, and what it keeps of a stack. */
@NullMarked
package dev.ephemera.engine;

import org.jspecify.annotations.NullMarked;
