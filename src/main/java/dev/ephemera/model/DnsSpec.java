package dev.ephemera.model;

import java.util.List;
import java.util.Optional;

/**
 * Where the environment's names live.
 *
 * @param zone the Route53 hosted zone
 * @param sharedZone whether other projects put their environments into the same zone; then host names carry the project
 * @param https whether the gateway answers over HTTPS; the outputs' addresses follow it
 * @param target what the host names lead to; empty for what the Gateway's status says
 */
public record DnsSpec(
        DomainName zone,
        @Default("false") boolean sharedZone,
        @Default("true") boolean https,
        GatewayReference gateway,
        Optional<DnsTarget> target) {

    /**
     * The Gateway API Gateway that every environment's routes attach to.
     *
     * @param from where its connections to pods come from; empty for pods of its own namespace
     * @param controller what it is made by, where that matters: see {@link AccessSpec}
     */
    public record GatewayReference(
            ObjectName namespace, ObjectName name, Optional<Source> from, Optional<Controller> controller) {

        /** A Gateway whose pods run in its own namespace. */
        public GatewayReference(ObjectName namespace, ObjectName name) {
            this(namespace, name, Optional.empty(), Optional.empty());
        }

        /** An implementation of the Gateway API. */
        public enum Controller {
            TRAEFIK,
            ENVOY
        }

        /** The namespace whose pods connect. */
        public ObjectName sourceNamespace() {
            return from.flatMap(Source::namespace).orElse(namespace);
        }

        /** The addresses that connect beside pods. */
        public List<Cidr> sourceRanges() {
            return from.map(Source::cidrs).orElse(List.of());
        }
    }

    /**
     * Pods of a namespace, and addresses: a load balancer outside the cluster has no pods.
     *
     * @param namespace empty for the Gateway's own
     * @param cidrs empty when only pods connect
     */
    public record Source(Optional<ObjectName> namespace, List<Cidr> cidrs) {}
}
