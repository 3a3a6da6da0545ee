package dev.ephemera.model;

/**
 * Where the environment's names live.
 *
 * @param zone the Route53 hosted zone, without a trailing dot
 * @param sharedZone whether other projects put their environments into the same zone; then host names carry the project
 * @param https whether the gateway answers over HTTPS; the outputs' addresses follow it
 */
public record DnsSpec(String zone, boolean sharedZone, boolean https, GatewayReference gateway) {

    /** The Gateway API Gateway that every environment's routes attach to. */
    public record GatewayReference(String namespace, String name) {}
}
