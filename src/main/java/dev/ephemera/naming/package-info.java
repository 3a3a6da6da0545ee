/**
 * One way to make each name: stacks, physical names, host names, labels and tags. Pure and total.
 */
@NullMarked
package dev.ephemera.naming;

import org.jspecify.annotations.NullMarked;
