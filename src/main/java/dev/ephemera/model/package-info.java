/**
 * What an environment is to be: everything decided, nothing declared. JDK types only.
 */
@NullMarked
package dev.ephemera.model;

import org.jspecify.annotations.NullMarked;
