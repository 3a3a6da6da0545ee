package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CostOutputTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode output(StackResource... stack) {
        return JSON.valueToTree(CostOutput.of(Shop.estimate(stack)));
    }

    @Test
    void moneyIsTextAndWhatNobodyKnowsIsNull() throws IOException {
        var orders = Shop.database("orders", 20);
        Shop.inputs(orders).put("instanceClass", "db.m6g.large");
        assertThat(output(orders, Shop.resource("aws:sqs/queue:Queue", "queue")))
                .isEqualTo(JSON.readTree("""
                        {"currency": "USD", "region": "us-east-1", "pricesAsOf": "2026-07-20",
                         "hourly": "0.003150684932", "monthly": "2.3", "asleepHourly": "0.003150684932",
                         "complete": false,
                         "unknown": ["orders: rds/instance/postgres/single-az/db.m6g.large"],
                         "notCounted": ["aws:sqs/queue:Queue"],
                         "lines": [
                           {"resource": "orders", "item": "rds/instance/postgres/single-az/db.m6g.large",
                            "quantity": "1", "unit": "Hours", "unitPrice": null, "hourly": null,
                            "asleepHourly": "0", "source": null, "confidence": "unknown"},
                           {"resource": "orders", "item": "rds/storage/single-az/gp3",
                            "quantity": "20", "unit": "GB-Month", "unitPrice": "0.115", "hourly": "0.003150684932",
                            "asleepHourly": "0.003150684932", "source": "a list", "confidence": "listed"}],
                         "shared": {"hourly": "0.1", "lines": [
                           {"resource": "shared", "item": "eks/cluster",
                            "quantity": "1", "unit": "Hours", "unitPrice": "0.1", "hourly": "0.1",
                            "asleepHourly": "0.1", "source": "a list", "confidence": "listed"}]}}
                        """));
    }

    @Test
    void itIsTheSameInEveryRun() {
        assertThat(output(Shop.database("orders", 20), Shop.workload("web", 1, "1", "1Gi"))
                        .toString())
                .isEqualTo(output(Shop.workload("web", 1, "1", "1Gi"), Shop.database("orders", 20))
                        .toString());
    }
}
