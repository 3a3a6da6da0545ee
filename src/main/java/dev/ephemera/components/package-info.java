/**
 * The public kit: Pulumi component resources for an environment, its workloads, jobs, databases and DNS records.
 */
@NullMarked
package dev.ephemera.components;

import org.jspecify.annotations.NullMarked;
