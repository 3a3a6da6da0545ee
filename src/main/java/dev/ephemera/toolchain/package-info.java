/**
 * The programs that the rest needs (Pulumi, the Kubernetes provider, moto, a control plane, what a real node runs): found,
 * downloaded or built.
 */
@NullMarked
package dev.ephemera.toolchain;

import org.jspecify.annotations.NullMarked;
