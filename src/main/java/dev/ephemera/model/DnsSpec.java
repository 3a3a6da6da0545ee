package dev.ephemera.model;

import java.util.List;

/**
 * Where the environment's names live.
 *
 * @param zone the Route53 hosted zone, without a trailing dot
 * @param sharedZone whether other projects put their environments into the same zone; then host names carry the project
 * @param https whether the gateway answers over HTTPS; the outputs' addresses follow it
 */
public record DnsSpec(String zone, boolean sharedZone, boolean https, GatewayReference gateway) {

    /**
     * The Gateway API Gateway that every environment's routes attach to.
     *
     * @param source where its connections to pods come from
     */
    public record GatewayReference(String namespace, String name, Source source) {

        /** A Gateway whose pods run in its own namespace. */
        public GatewayReference(String namespace, String name) {
            this(namespace, name, new Source(namespace, List.of()));
        }

        /**
         * Pods of a namespace, and addresses: a load balancer outside the cluster has no pods.
         *
         * @param cidrs empty when only pods connect
         */
        public record Source(String namespace, List<Cidr> cidrs) {}
    }
}
