/**
 * What exists outside the state: AWS through its SDK, Kubernetes through its client.
 */
@NullMarked
package dev.ephemera.cloud;

import org.jspecify.annotations.NullMarked;
