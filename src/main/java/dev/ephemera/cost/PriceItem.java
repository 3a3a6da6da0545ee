package dev.ephemera.cost;

import java.util.Locale;

/**
 * What has a price, by the service that sells it.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record PriceItem(String value) implements Comparable<PriceItem> {
    private static final String ZONES = "(single-az|multi-az)";

    public static final String PATTERN = "rds/instance/[a-z0-9-]+/" + ZONES + "/db\\.[a-z0-9-]+\\.[a-z0-9]+|"
            + "rds/(storage|iops|throughput)/" + ZONES + "/[a-z0-9]+|rds/backup|"
            + "ec2/[a-z0-9-]+\\.[a-z0-9-]+|secretsmanager/secret|route53/(zone|queries)|"
            + "eks/cluster|elb/application|vpc/nat-gateway";

    /** The same in words, for messages. */
    public static final String WANTED = "an item such as rds/instance/postgres/single-az/db.t4g.micro,"
            + " rds/storage/single-az/gp3, rds/backup, ec2/m6i.large, secretsmanager/secret, route53/zone,"
            + " route53/queries, eks/cluster, elb/application or vpc/nat-gateway";

    /** Backup storage beyond what is free, and snapshots. */
    public static final PriceItem BACKUP = new PriceItem("rds/backup");

    public static final PriceItem SECRET = new PriceItem("secretsmanager/secret");
    public static final PriceItem ZONE = new PriceItem("route53/zone");
    public static final PriceItem QUERIES = new PriceItem("route53/queries");
    public static final PriceItem CLUSTER = new PriceItem("eks/cluster");
    public static final PriceItem LOAD_BALANCER = new PriceItem("elb/application");
    public static final PriceItem NAT_GATEWAY = new PriceItem("vpc/nat-gateway");

    public PriceItem {
        if (!value.matches(PATTERN)) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(value, WANTED));
        }
    }

    /** An RDS instance of {@code engine}, as RDS calls it, on one or two machines. */
    public static PriceItem instance(String engine, boolean isMultiAz, String instanceClass) {
        return new PriceItem("rds/instance/%s/%s/%s".formatted(engine, zones(isMultiAz), instanceClass));
    }

    /** RDS storage of a type such as {@code gp3}. */
    public static PriceItem storage(boolean isMultiAz, String type) {
        return new PriceItem("rds/storage/%s/%s".formatted(zones(isMultiAz), type));
    }

    /** I/O operations a second, as far as they are paid for. */
    public static PriceItem iops(boolean isMultiAz, String type) {
        return new PriceItem("rds/iops/%s/%s".formatted(zones(isMultiAz), type));
    }

    /** MiB a second, as far as they are paid for. */
    public static PriceItem throughput(boolean isMultiAz, String type) {
        return new PriceItem("rds/throughput/%s/%s".formatted(zones(isMultiAz), type));
    }

    /** An EC2 instance with Linux, on demand. */
    public static PriceItem machine(String instanceType) {
        return new PriceItem("ec2/" + instanceType.toLowerCase(Locale.ROOT));
    }

    /** What it is paid by. */
    public PriceUnit unit() {
        if (value.startsWith("rds/storage/") || equals(BACKUP)) {
            return PriceUnit.GB_MONTH;
        }
        if (equals(SECRET) || equals(ZONE) || value.startsWith("rds/iops/") || value.startsWith("rds/throughput/")) {
            return PriceUnit.MONTHS;
        }
        return equals(QUERIES) ? PriceUnit.REQUESTS : PriceUnit.HOURS;
    }

    @Override
    public int compareTo(PriceItem other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String zones(boolean isMultiAz) {
        return isMultiAz ? "multi-az" : "single-az";
    }
}
