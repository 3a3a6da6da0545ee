package dev.ephemera.cost;

import java.util.List;

/** An RDS snapshot that the stack makes: at most as large as the database, though only what is used is kept. */
record DatabaseSnapshotRule(Prices prices) implements CostRule {
    static final String TYPE = "aws:rds/snapshot:Snapshot";

    @Override
    public List<CostLine> lines(StackResource snapshot) {
        return List.of(prices.kept(snapshot.name(), PriceItem.BACKUP, snapshot.number("allocatedStorage")));
    }
}
