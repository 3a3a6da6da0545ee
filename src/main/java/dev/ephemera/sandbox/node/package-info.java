/**
 * A real Kubernetes node on this machine, beside the control plane of the sandbox: what is written and what is run for it.
 * Who starts and ends the processes is {@code dev.ephemera.sandbox}.
 */
@NullMarked
package dev.ephemera.sandbox.node;

import org.jspecify.annotations.NullMarked;
