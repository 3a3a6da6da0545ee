/** Where pull requests are: what is open now, and where people read of their environment. */
@NullMarked
package dev.ephemera.forge;

import org.jspecify.annotations.NullMarked;
