/**
 * The public kit: Pulumi component resources for an environment, its workloads, jobs, databases and DNS records.
 *
 * <p>{@link dev.ephemera.components.PreviewEnvironment} is all of one environment. Each part can be declared by itself: {@link
 * dev.ephemera.components.IsolatedNamespace}, {@link dev.ephemera.components.Workload}, {@link
 * dev.ephemera.components.BatchJob}, {@link dev.ephemera.components.SnapshotDatabase}, {@link
 * dev.ephemera.components.DnsRecord}. Each takes a record of what it is made of, and declares its resources as its children.
 * {@link dev.ephemera.components.DatabaseAccess} is what a database gives to workloads and jobs, {@link
 * dev.ephemera.components.SharedGateway} what reads the team's Gateway, {@link dev.ephemera.components.ClusterProvider} the
 * Kubernetes provider without a kubeconfig in the state, and {@link dev.ephemera.components.CustomObject} a Kubernetes object
 * that the SDK has no class for. Types that are not public are the parts of these.
 *
 * <p>Type tokens ({@code ephemera:index:Workload}) and the names of children outlive a release: a change brings an alias.
 */
@NullMarked
package dev.ephemera.components;

import org.jspecify.annotations.NullMarked;
