package dev.ephemera.sandbox;

import dev.ephemera.sandbox.node.NodePrograms;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the programs are that a sandbox runs.
 *
 * @param pulumi Pulumi's command line
 * @param languageHost {@code pulumi-language-java}
 * @param kubernetesProvider {@code pulumi-resource-kubernetes}
 * @param python a Python that has moto's server
 * @param postgresql the directory of PostgreSQL's server; empty where it cannot run
 * @param controlPlane what a cluster takes; empty when none was asked for
 * @param node what a real node takes; likewise
 */
public record Programs(
        Path pulumi,
        Path languageHost,
        Path kubernetesProvider,
        Path python,
        Optional<Path> postgresql,
        Optional<ControlPlanePrograms> controlPlane,
        Optional<NodePrograms> node) {

    /**
     * The programs of a cluster.
     *
     * @param gatewayApi the directory with the Gateway API's custom resource definitions
     */
    public record ControlPlanePrograms(
            Path kwokctl,
            Path kwok,
            Path etcd,
            Path apiServer,
            Path controllerManager,
            Path scheduler,
            Path gatewayApi) {}

    /** Finds or makes the programs; asked only when something has to be started. */
    @FunctionalInterface
    public interface Source {
        /**
         * All of them, ready to be run.
         *
         * @param nodes what the cluster's pods run on; empty when no cluster is needed
         * @throws dev.ephemera.failure.Failure when one can neither be found nor made
         */
        Programs provide(Optional<Nodes> nodes);
    }
}
