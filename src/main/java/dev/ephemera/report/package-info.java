/** What people read of a stack: so far, where the time of an update went. */
@NullMarked
package dev.ephemera.report;

import org.jspecify.annotations.NullMarked;
