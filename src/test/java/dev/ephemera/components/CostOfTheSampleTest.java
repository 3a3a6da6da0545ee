package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.pulumi.test.PulumiTest;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.PricesReader;
import dev.ephemera.cost.Amount;
import dev.ephemera.cost.Estimate;
import dev.ephemera.cost.Estimator;
import dev.ephemera.cost.StackResource;
import dev.ephemera.model.AwsRegion;
import dev.ephemera.model.Snapshot;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every kind of resource that an environment declares is priced or known to be free. */
class CostOfTheSampleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Snapshot MASKED =
            new Snapshot("shop-orders-masked", "available", true, "postgres", "16.4", true, 20, Instant.EPOCH);

    private final RecordingMocks engine = new RecordingMocks();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private List<StackResource> declared() {
        PullRequest.up(engine, ApplicationReader.read(Path.of("stacks")), MASKED);
        return engine.types().stream()
                .flatMap(type -> engine.declared(type).entrySet().stream()
                        .map(each -> new StackResource(
                                type,
                                each.getKey(),
                                JSON.valueToTree(each.getValue()),
                                JsonNodeFactory.instance.objectNode(),
                                type.endsWith(":Gateway"))))
                .toList();
    }

    private static Estimate estimate(List<StackResource> stack, String region) {
        return new Estimator(PricesReader.read(Path.of("stacks")).orElseThrow(), new AwsRegion(region)).estimate(stack);
    }

    /**
     * An hour: the machine's 0.096 is split by 7.4607 for a core and 1 for a GiB, and four pods of 100m have 0.625 GiB
     * together; db.t4g.micro is 0.016; two hosts are asked for 60 times each. A month: 20 GB at 0.115, and four records of a
     * zone's 10,000.
     */
    @Test
    void itIsKnownToTheCentBeforeAnythingIsThere() {
        var estimate = estimate(declared(), "us-east-1");
        assertThat(estimate.notCounted()).isEmpty();
        assertThat(estimate.unknown()).isEmpty();
        var machine = 0.096 / (2 * 7.4607 + 8) * (0.4 * 7.4607 + 0.625);
        var month = 730 * (machine + 0.016 + 2 * 60 * 0.0000004) + 20 * 0.115 + 4 * 0.5 / 10_000;
        assertThat(estimate.monthly().orElseThrow().rounded(2)).isEqualByComparingTo("25.05");
        assertThat(estimate.monthly().orElseThrow().rounded(6).doubleValue()).isCloseTo(month, Offset.offset(1e-6));
        assertThat(estimate.asleepHourly().orElseThrow())
                .isLessThan(estimate.hourly().orElseThrow());
    }

    /** Nobody has said what a database costs there; the sample is there. */
    @Test
    void whereNoPricesAreListedItIsUnknown() {
        var estimate = estimate(declared(), "eu-west-1");
        assertThat(estimate.notCounted()).isEmpty();
        assertThat(estimate.isComplete()).isFalse();
        assertThat(estimate.unknown()).contains("orders: rds/instance/postgres/single-az/db.t4g.micro");
        assertThat(estimate.hourly().orElseThrow()).isLessThan(Amount.of(new BigDecimal("0.0001")));
    }
}
