/** What each verb of the command line does to one stack, from the engine, the clouds and the forge together. */
@NullMarked
package dev.ephemera.operations;

import org.jspecify.annotations.NullMarked;
