package dev.ephemera.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the programs are that a sandbox runs.
 *
 * @param pulumi Pulumi's command line
 * @param languageHost {@code pulumi-language-java}
 * @param kubernetesProvider {@code pulumi-resource-kubernetes}
 * @param python a Python that has moto's server
 * @param controlPlane what a cluster takes; empty when none was asked for
 */
public record Programs(
        Path pulumi,
        Path languageHost,
        Path kubernetesProvider,
        Path python,
        Optional<ControlPlanePrograms> controlPlane) {

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
         * @param withControlPlane whether a cluster's are needed
         * @throws dev.ephemera.failure.Failure when one can neither be found nor made
         */
        Programs provide(boolean withControlPlane);
    }
}
