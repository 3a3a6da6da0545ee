package dev.ephemera.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An RDS instance: the instance while it runs, and its storage, backups and managed password as long as it is there. A
 * restored instance is as large as what it was restored from, which its inputs do not say; before it is there, the snapshot
 * that was chosen for it does.
 *
 * @param stack all of its resources
 */
record DatabaseRule(Prices prices, List<StackResource> stack) implements CostRule {
    static final String TYPE = "aws:rds/instance:Instance";

    /** What RDS restores to when it is asked for nothing else. Its price is gp2's. */
    private static final String USUAL_STORAGE = "gp3";

    /** From this size on RDS stripes a gp3 volume, and gives more of it for nothing. */
    private static final Amount STRIPED_FROM = Amount.of(400);

    @Override
    public List<CostLine> lines(StackResource database) {
        var lines = new ArrayList<CostLine>();
        var isMultiAz = database.isTrue("multiAz");
        var size = size(database);
        lines.add(instance(database, isMultiAz));
        storage(database, isMultiAz, size).forEach(lines::add);
        backups(database, size).ifPresent(lines::add);
        if (database.isTrue("manageMasterUserPassword")) {
            lines.add(prices.kept(database.name(), PriceItem.SECRET, Optional.of(Amount.ONE)));
        }
        return lines;
    }

    private CostLine instance(StackResource database, boolean isMultiAz) {
        var engine = database.text("engine")
                .or(() -> snapshot(database).flatMap(chosen -> StackResource.text(chosen.path("engine"))));
        return engine.flatMap(name -> database.text("instanceClass")
                        .flatMap(instanceClass -> item(() -> PriceItem.instance(name, isMultiAz, instanceClass))))
                .map(item -> prices.running(database.name(), item, Optional.of(Amount.ONE)))
                .orElseGet(() -> prices.unclear(database.name(), "rds/instance", PriceUnit.HOURS, true));
    }

    private Stream<CostLine> storage(StackResource database, boolean isMultiAz, Optional<Amount> size) {
        var type = database.text("storageType").orElse(USUAL_STORAGE);
        if (item(() -> PriceItem.storage(isMultiAz, type)).isEmpty()) {
            return Stream.of(prices.unclear(database.name(), "rds/storage", PriceUnit.GB_MONTH, false));
        }
        var isStriped = size.filter(gib -> gib.compareTo(STRIPED_FROM) >= 0).isPresent();
        return Stream.concat(
                Stream.of(prices.kept(database.name(), PriceItem.storage(isMultiAz, type), size)),
                Stream.concat(
                        beyond(free(type, isStriped ? 12_000 : 3_000), database.number("iops"))
                                .map(more -> prices.kept(
                                        database.name(), PriceItem.iops(isMultiAz, type), Optional.of(more))),
                        beyond(free(type, isStriped ? 500 : 125), database.number("storageThroughput"))
                                .map(more -> prices.kept(
                                        database.name(), PriceItem.throughput(isMultiAz, type), Optional.of(more)))));
    }

    /** What comes with the storage; empty where none is sold: gp2's is what its size gives. */
    private static Optional<Amount> free(String type, long ofGp3) {
        return switch (type) {
            case "gp3" -> Optional.of(Amount.of(ofGp3));
            case "io1", "io2" -> Optional.of(Amount.ZERO);
            default -> Optional.empty();
        };
    }

    private static Stream<Amount> beyond(Optional<Amount> free, Optional<Amount> wanted) {
        return free
                .flatMap(nothing -> wanted.map(all -> all.minus(nothing)))
                .filter(more -> more.compareTo(Amount.ZERO) > 0)
                .stream();
    }

    /**
     * As much of backups as the database is large is free: the backup of one day. Of each further day at most all of it has
     * changed.
     */
    private Optional<CostLine> backups(StackResource database, Optional<Amount> size) {
        var days = database.number("backupRetentionPeriod");
        return days.filter(kept -> kept.compareTo(Amount.ONE) <= 0).isPresent()
                ? Optional.empty()
                : Optional.of(prices.kept(
                        database.name(),
                        PriceItem.BACKUP,
                        days.flatMap(kept -> size.map(kept.minus(Amount.ONE)::times))));
    }

    /** GiB. RDS may have made it larger than was asked for, so the larger number is the one that is billed. */
    private Optional<Amount> size(StackResource database) {
        return Stream.of(database.outputs(), database.inputs())
                .flatMap(values -> StackResource.number(values.path("allocatedStorage")).stream())
                .filter(size -> !size.isZero())
                .reduce(Amount::max)
                .or(() -> snapshot(database).flatMap(chosen -> StackResource.number(chosen.path("allocatedStorage"))));
    }

    private Optional<JsonNode> snapshot(StackResource database) {
        return stack.stream()
                .filter(each ->
                        each.type().equals("pulumi:index:Stash") && each.name().equals(database.name() + "-snapshot"))
                .map(stash -> stash.outputs().path("output").isObject()
                        ? stash.outputs().path("output")
                        : stash.inputs().path("input"))
                .findFirst();
    }

    private static Optional<PriceItem> item(Supplier<PriceItem> named) {
        try {
            return Optional.of(named.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
