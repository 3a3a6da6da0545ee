/** Who may have an environment, and for how long: decisions with their reasons, from what was seen and a clock. */
@NullMarked
package dev.ephemera.lifecycle;

import org.jspecify.annotations.NullMarked;
