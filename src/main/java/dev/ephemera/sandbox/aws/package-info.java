/**
 * Stands in for the AWS provider plugin: the same tokens over the same protocol, the same calls on the AWS API.
 */
@NullMarked
package dev.ephemera.sandbox.aws;

import org.jspecify.annotations.NullMarked;
