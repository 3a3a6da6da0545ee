/** Which process is meant by an id, and whether it still lives. */
@NullMarked
package dev.ephemera.process;

import org.jspecify.annotations.NullMarked;
