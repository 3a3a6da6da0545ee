/**
 * The programs that the rest needs (Pulumi, the Kubernetes provider, a control plane, moto): found, downloaded or built.
 */
@NullMarked
package dev.ephemera.toolchain;

import org.jspecify.annotations.NullMarked;
