package dev.ephemera.cost;

import dev.ephemera.model.Range;
import java.util.List;
import java.util.Map;

/**
 * {@code stacks/prices.yaml}.
 *
 * <pre>{@code
 * node: {item: ec2/m6i.large, cpu: "2", memory: 8Gi}
 * shared: {eks/cluster: 1}
 * prices:
 *   - {region: us-east-1, item: ec2/m6i.large, unit: Hours, price: "0.096", date: 2026-07-20, source: "https://..."}
 * }</pre>
 *
 * @param node what workloads run on
 * @param shared what all environments use together, and how many there are of it
 */
public record PriceFile(
        NodeSize node, @Range(least = 1, most = 1000) Map<PriceItem, Integer> shared, List<PriceLine> prices) {}
