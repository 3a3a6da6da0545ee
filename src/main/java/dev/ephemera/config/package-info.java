/**
 * The files under {@code stacks/} become records: strict, every fault of both at once. YAML is read here and
 * nowhere else.
 */
@NullMarked
package dev.ephemera.config;

import org.jspecify.annotations.NullMarked;
