package dev.ephemera.cost;

import dev.ephemera.model.AwsRegion;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes lines with the prices of one region. */
record Prices(PriceBook book, AwsRegion region) {

    /** What runs: it costs nothing while the environment sleeps. */
    CostLine running(String resource, PriceItem item, Optional<Amount> quantity) {
        return line(resource, item, quantity, true);
    }

    /** What is kept, awake or asleep. */
    CostLine kept(String resource, PriceItem item, Optional<Amount> quantity) {
        return line(resource, item, quantity, false);
    }

    /** What is to be paid for, but cannot be looked up: nobody knows exactly what it is. */
    CostLine unclear(String resource, String item, PriceUnit unit, boolean sleeps) {
        return new CostLine(resource, item, unit, Optional.empty(), Optional.empty(), sleeps, Optional.empty());
    }

    /** Cores of the machine that workloads run on. */
    CostLine cores(String resource, Optional<Amount> cores) {
        return part(resource, "vcpu", PriceUnit.VCPU_HOURS, cores, NodeSize::core);
    }

    /** GiB of the machine that workloads run on. */
    CostLine gib(String resource, Optional<Amount> gib) {
        return part(resource, "memory", PriceUnit.GIB_HOURS, gib, NodeSize::gib);
    }

    /** Where nobody has said which machine that is, its price is not known either. */
    private CostLine part(
            String resource,
            String part,
            PriceUnit unit,
            Optional<Amount> quantity,
            BiFunction<NodeSize, Amount, Amount> split) {
        var node = book.node();
        var listed = node.flatMap(machine -> book.find(region, machine.item()));
        return new CostLine(
                resource,
                node.map(machine -> machine.item().value()).orElse("ec2") + "/" + part,
                unit,
                quantity,
                node.flatMap(machine ->
                        listed.map(line -> split.apply(machine, line.price().amount()))),
                true,
                listed.map(Prices::source));
    }

    private CostLine line(String resource, PriceItem item, Optional<Amount> quantity, boolean sleeps) {
        var listed = book.find(region, item);
        return new CostLine(
                resource,
                item.value(),
                item.unit(),
                quantity,
                listed.map(line -> line.price().amount()),
                sleeps,
                listed.map(Prices::source));
    }

    private static CostLine.Source source(PriceLine line) {
        return new CostLine.Source(line.source(), line.date());
    }
}
