/**
 * What an environment costs: list prices, and from what a stack has its cost by the hour, awake and asleep. Pure: no clock,
 * no cloud, no rounding before the last sum. What is not known is said to be unknown, never nothing.
 */
@NullMarked
package dev.ephemera.cost;

import org.jspecify.annotations.NullMarked;
