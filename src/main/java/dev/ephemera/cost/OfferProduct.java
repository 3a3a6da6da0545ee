package dev.ephemera.cost;

import dev.ephemera.model.AwsRegion;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A product of AWS's price list, and which item it is. The same things are looked at by which Infracost picks prices
 * (https://github.com/infracost/infracost, internal/resources/aws): family, and of the attributes those that tell apart.
 *
 * @param family AWS's {@code productFamily}
 */
record OfferProduct(String family, Map<String, String> attributes) {
    private static final Map<String, String> ENGINES =
            Map.of("PostgreSQL", "postgres", "MySQL", "mysql", "MariaDB", "mariadb");
    private static final Map<String, String> VOLUMES = Map.of(
            "General Purpose", "gp2", "General Purpose-GP3", "gp3", "Provisioned IOPS", "io1", "Magnetic", "standard");
    /** Multi-AZ with two readable standbys is another thing. */
    private static final Map<String, Boolean> DEPLOYMENTS = Map.of("Single-AZ", false, "Multi-AZ", true);

    /** Usage types begin with the region's short name, which us-east-1 may leave out. */
    private static final String SOMEWHERE = "([A-Z0-9]+-)?";

    private static final Pattern GP3 = Pattern.compile(SOMEWHERE + "RDS:(Multi-AZ-)?GP3-Storage");
    private static final Pattern BACKUP = Pattern.compile(SOMEWHERE + "RDS:ChargedBackupUsage");
    private static final Pattern NAT_GATEWAY = Pattern.compile(SOMEWHERE + "NatGateway-Hours");
    private static final Pattern LOAD_BALANCER = Pattern.compile(SOMEWHERE + "LoadBalancerUsage");
    private static final Pattern CLUSTER = Pattern.compile(SOMEWHERE + "AmazonEKS-Hours:perCluster");

    OfferProduct {
        attributes = Map.copyOf(attributes);
    }

    /** Empty when it is none that has a price here, or is sold elsewhere. */
    Optional<PriceItem> item(AwsRegion region) {
        return switch (family) {
            case "DNS Zone" -> usage("HostedZone") ? Optional.of(PriceItem.ZONE) : Optional.empty();
            case "DNS Query" -> usage("DNS-Queries") ? Optional.of(PriceItem.QUERIES) : Optional.empty();
            default -> isIn(region) ? regional() : Optional.empty();
        };
    }

    private Optional<PriceItem> regional() {
        return switch (family) {
            case "Database Instance" -> instance();
            case "Database Storage" -> storage();
            case "Storage Snapshot" -> usage(BACKUP, PriceItem.BACKUP).filter(item -> is("databaseEngine", "Any"));
            case "Compute Instance" -> machine();
            case "NAT Gateway" -> usage(NAT_GATEWAY, PriceItem.NAT_GATEWAY);
            case "Load Balancer-Application" -> usage(LOAD_BALANCER, PriceItem.LOAD_BALANCER);
            case "Compute" -> usage(CLUSTER, PriceItem.CLUSTER);
            case "Secret" -> Optional.of(PriceItem.SECRET);
            default -> Optional.empty();
        };
    }

    private Optional<PriceItem> instance() {
        var engine = ENGINES.get(attribute("databaseEngine"));
        var isMultiAz = DEPLOYMENTS.get(attribute("deploymentOption"));
        return engine == null || isMultiAz == null || !attribute("instanceType").matches("db\\.[a-z0-9-]+\\.[a-z0-9]+")
                ? Optional.empty()
                : Optional.of(PriceItem.instance(engine, isMultiAz, attribute("instanceType")));
    }

    private Optional<PriceItem> storage() {
        var type = VOLUMES.get(attribute("volumeType"));
        var isMultiAz = DEPLOYMENTS.get(attribute("deploymentOption"));
        if (type == null || isMultiAz == null || !is("databaseEngine", "Any")) {
            return Optional.empty();
        }
        var isPlain = !type.equals("gp3") || GP3.matcher(attribute("usagetype")).matches();
        return isPlain ? Optional.of(PriceItem.storage(isMultiAz, type)) : Optional.empty();
    }

    /** Plain Linux on a machine shared with others, paid for while it is used. */
    private Optional<PriceItem> machine() {
        var isPlain = is("operatingSystem", "Linux")
                && is("tenancy", "Shared")
                && is("preInstalledSw", "NA")
                && is("capacitystatus", "Used");
        return isPlain && attribute("instanceType").matches("[a-z0-9-]+\\.[a-z0-9-]+")
                ? Optional.of(PriceItem.machine(attribute("instanceType")))
                : Optional.empty();
    }

    /** Not one on the customer's own premises, or in a local zone, whose prices are others. */
    private boolean isIn(AwsRegion region) {
        return is("locationType", "AWS Region") && is("regionCode", region.value());
    }

    private Optional<PriceItem> usage(Pattern type, PriceItem item) {
        return type.matcher(attribute("usagetype")).matches() ? Optional.of(item) : Optional.empty();
    }

    private boolean usage(String type) {
        return is("usagetype", type);
    }

    private boolean is(String attribute, String value) {
        return attribute(attribute).equals(value);
    }

    private String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }
}
