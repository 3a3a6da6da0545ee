package dev.ephemera.cost;

import dev.ephemera.model.AwsRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says from a stack's resources and a price book what the stack costs. */
public final class Estimator {
    private final Prices prices;

    public Estimator(PriceBook book, AwsRegion region) {
        this.prices = new Prices(book, region);
    }

    /**
     * The cost of a stack that has, or is about to have, {@code stack}. The same resources in another order cost the same.
     */
    public Estimate estimate(List<StackResource> stack) {
        var rules = rules(stack);
        var lines = new ArrayList<CostLine>();
        var notCounted = new ArrayList<String>();
        for (var resource : stack) {
            var rule = rules.get(resource.type());
            if (resource.isForeign() || FreeKinds.have(resource)) {
                continue;
            }
            if (rule == null) {
                notCounted.add(resource.type());
            } else {
                lines.addAll(rule.lines(resource));
            }
        }
        return new Estimate(prices.region(), lines, shared(), notCounted);
    }

    private Map<String, CostRule> rules(List<StackResource> stack) {
        return Map.of(
                DatabaseRule.TYPE, new DatabaseRule(prices, stack),
                DatabaseSnapshotRule.TYPE, new DatabaseSnapshotRule(prices),
                WorkloadRule.TYPE, new WorkloadRule(prices),
                RecordRule.TYPE, new RecordRule(prices),
                SecretRule.TYPE, new SecretRule(prices));
    }

    private List<CostLine> shared() {
        return prices.book().shared().entrySet().stream()
                .map(each -> prices.kept("shared", each.getKey(), Optional.of(Amount.of(each.getValue()))))
                .toList();
    }
}
