package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.model.CpuQuantity;
import dev.ephemera.model.MemoryQuantity;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSizeTest {
    private static Amount amount(String text) {
        return Amount.of(new BigDecimal(text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "m6i.large, 0.096, 8Gi, 0.03125, 0.004188",
        "m7g.large, 0.0816, 8Gi, 0.02656, 0.003560",
        "t4g.medium, 0.0336, 4Gi, 0.01325, 0.001776"
    })
    void coresAndMemoryTogetherCostWhatTheMachineCosts(
            String type, String price, String memory, String core, String gib) {
        var node = new NodeSize(PriceItem.machine(type), new CpuQuantity("2"), new MemoryQuantity(memory));
        var hourly = amount(price);
        assertThat(node.core(hourly).rounded(5)).isEqualByComparingTo(core);
        assertThat(node.gib(hourly).rounded(6)).isEqualByComparingTo(gib);
        assertThat(node.core(hourly)
                        .times(Amount.of(2))
                        .plus(node.gib(hourly).times(Amount.of(new MemoryQuantity(memory).gib()))))
                .isEqualTo(hourly);
    }

    @Test
    void whatIsNoMachineIsRefused() {
        assertThatThrownBy(() -> new NodeSize(PriceItem.BACKUP, new CpuQuantity("2"), new MemoryQuantity("8Gi")))
                .hasMessageContaining("got rds/backup, want a machine");
        assertThatThrownBy(() ->
                        new NodeSize(PriceItem.machine("m6i.large"), new CpuQuantity("0"), new MemoryQuantity("8Gi")))
                .hasMessageContaining("got no CPU");
    }
}
