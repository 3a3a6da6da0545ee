package dev.ephemera.cost;

import dev.ephemera.model.CpuQuantity;
import dev.ephemera.model.MemoryQuantity;
import java.math.BigDecimal;

/**
 * The machine whose price is split among the workloads on it.
 *
 * @param item its price: {@code ec2/m6i.large}
 * @param cpu virtual processors
 */
public record NodeSize(PriceItem item, CpuQuantity cpu, MemoryQuantity memory) {
    /**
     * What a core costs, in what a GiB costs: OpenCost's default prices, 0.031611 for a core and 0.004237 for a GiB an hour
     * (https://github.com/opencost/opencost/blob/develop/configs/default.json), of which it uses the ratio only on AWS.
     */
    static final Amount CPU_TO_MEMORY = Amount.of(new BigDecimal("7.4607"));

    public NodeSize {
        if (!item.value().startsWith("ec2/")) {
            throw new IllegalArgumentException("got %s, want a machine such as ec2/m6i.large".formatted(item));
        }
        if (cpu.cores().signum() == 0) {
            throw new IllegalArgumentException("got no CPU, want that of " + item);
        }
    }

    /** What a core of it costs an hour when the machine costs {@code hourly}. */
    Amount core(Amount hourly) {
        return gib(hourly).times(CPU_TO_MEMORY);
    }

    /** What a GiB of its memory costs an hour when the machine costs {@code hourly}. */
    Amount gib(Amount hourly) {
        return hourly.dividedBy(Amount.of(cpu.cores()).times(CPU_TO_MEMORY).plus(Amount.of(memory.gib())));
    }
}
