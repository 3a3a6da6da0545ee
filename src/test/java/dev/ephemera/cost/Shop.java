package dev.ephemera.cost;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ephemera.model.AwsRegion;
import dev.ephemera.model.CpuQuantity;
import dev.ephemera.model.MemoryQuantity;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Prices and resources that say no more than a test is about. */
final class Shop {
    static final AwsRegion REGION = new AwsRegion("us-east-1");
    static final LocalDate DAY = LocalDate.of(2026, 7, 20);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Shop() {}

    /** With the price of each item in dollars, of which {@code ec2/m6i.large} is the node's. */
    static PriceBook book(Map<String, String> prices) {
        return new PriceBook(new PriceFile(
                new NodeSize(PriceItem.machine("m6i.large"), new CpuQuantity("2"), new MemoryQuantity("8Gi")),
                Map.of(PriceItem.CLUSTER, 1),
                prices.entrySet().stream().map(Shop::line).toList()));
    }

    private static PriceLine line(Map.Entry<String, String> price) {
        var item = new PriceItem(price.getKey());
        return new PriceLine(REGION, item, item.unit(), Price.of(price.getValue()), DAY, "a list");
    }

    /** What is listed for most tests. */
    static PriceBook usual() {
        return book(Map.of(
                "ec2/m6i.large", "0.096",
                "rds/instance/postgres/single-az/db.t4g.micro", "0.016",
                "rds/storage/single-az/gp3", "0.115",
                "rds/storage/single-az/io1", "0.125",
                "rds/iops/single-az/io1", "0.1",
                "rds/backup", "0.095",
                "route53/zone", "0.5",
                "route53/queries", "0.0000004",
                "eks/cluster", "0.1"));
    }

    static Estimate estimate(StackResource... stack) {
        return new Estimator(usual(), REGION).estimate(List.of(stack));
    }

    static StackResource resource(String type, String name) {
        return new StackResource(type, name, JSON.objectNode(), JSON.objectNode());
    }

    /** A restored db.t4g.micro without backups. */
    static StackResource database(String name, int gib) {
        return new StackResource(
                DatabaseRule.TYPE,
                name,
                JSON.objectNode()
                        .put("instanceClass", "db.t4g.micro")
                        .put("engine", "postgres")
                        .put("backupRetentionPeriod", 0),
                JSON.objectNode().put("allocatedStorage", gib).put("storageType", "gp3"));
    }

    static StackResource workload(String name, int replicas, String cpu, String memory) {
        var inputs = JSON.objectNode();
        var spec = inputs.putObject("spec").put("replicas", replicas);
        spec.putObject("template")
                .putObject("spec")
                .putArray("containers")
                .addObject()
                .putObject("resources")
                .putObject("requests")
                .put("cpu", cpu)
                .put("memory", memory);
        return new StackResource(WorkloadRule.TYPE, name, inputs, JSON.objectNode());
    }

    static StackResource record(String name, String type, int ttl) {
        return new StackResource(
                RecordRule.TYPE, name, JSON.objectNode().put("type", type).put("ttl", ttl), JSON.objectNode());
    }

    /** What a test changes of a resource. */
    static ObjectNode inputs(StackResource resource) {
        return (ObjectNode) resource.inputs();
    }

    /** What a test changes of a resource. */
    static ObjectNode outputs(StackResource resource) {
        return (ObjectNode) resource.outputs();
    }
}
