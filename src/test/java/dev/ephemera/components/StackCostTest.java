package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.Log;
import com.pulumi.aws.sqs.Queue;
import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.serialization.internal.Serializer;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.PricesReader;
import dev.ephemera.cost.Estimator;
import dev.ephemera.cost.PriceBook;
import dev.ephemera.model.AwsRegion;
import dev.ephemera.model.Snapshot;
import dev.ephemera.program.StackCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The output {@code cost} of the sample, where prices are listed: CostOfTheSampleTest has the arithmetic. */
class StackCostTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AwsRegion REGION = new AwsRegion("us-east-1");
    private static final PriceBook PRICES = PricesReader.read(Path.of("stacks")).orElseThrow();

    private final RecordingMocks engine = new RecordingMocks();
    private boolean isPreview;

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private JsonNode cost() {
        return cost(PRICES, 20, environment -> {});
    }

    private JsonNode cost(PriceBook prices, int gib, Consumer<PreviewEnvironment> extension) {
        var cost = new StackCost();
        var output = new AtomicReference<Output<?>>();
        var snapshot = new Snapshot("masked", "available", true, "postgres", "16.4", true, gib, Instant.EPOCH);
        // The environment's children are told of as the stack's would be: the mocks leave the stack's own options out.
        var told =
                ComponentResourceOptions.builder().resourceTransformations(cost).build();
        PullRequest.run(TestOptions.builder().preview(isPreview), engine, () -> {
            extension.accept(PullRequest.declare(ApplicationReader.read(Path.of("stacks")), snapshot, Map.of(), told));
            output.set(cost.output(new Estimator(prices, REGION)));
        });
        var data = Internal.of(output.get()).getDataAsync().join();
        assertThat(data.isKnown()).isTrue();
        assertThat(data.isSecret()).isFalse();
        return JSON.valueToTree(asTheEngineGetsIt(data.getValueNullable()));
    }

    private static Object asTheEngineGetsIt(Object value) {
        var serialized =
                new Serializer(Log.ignore()).serializeAsync("cost", value, true).join();
        assertThat(Serializer.createValue(serialized).hasStructValue()).isTrue();
        return serialized;
    }

    private static String month(JsonNode cost) {
        return new BigDecimal(cost.path("monthly").asText())
                .setScale(2, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    @Test
    void aPlanKnowsItToTheCentFromTheChosenSnapshot() {
        isPreview = true;
        var cost = cost();
        assertThat(cost.path("notCounted")).isEmpty();
        assertThat(cost.path("unknown")).isEmpty();
        assertThat(cost.path("complete").asBoolean()).isTrue();
        assertThat(month(cost)).isEqualTo("25.05");
    }

    @Test
    void whatWasRestoredCountsAsItIs() {
        engine.allocate(120);
        var cost = cost();
        // 100 GB more at 0.115.
        assertThat(month(cost)).isEqualTo("36.55");
        assertThat(cost.path("lines"))
                .anySatisfy(line -> assertThat(line.path("quantity").asText()).isEqualTo("120"));
    }

    @Test
    void anotherUpdateThatChangesNothingSaysTheSame() {
        engine.allocate(20);
        assertThat(cost().toString()).isEqualTo(cost().toString());
    }

    @Test
    void aNewKindOfResourceIsNamedByItself() {
        var cost = cost(
                PRICES,
                20,
                environment -> new Queue(
                        "orders-queue",
                        null,
                        CustomResourceOptions.builder().parent(environment).build()));
        assertThat(cost.path("notCounted")).hasSize(1).first().asString().contains("aws:sqs/queue:Queue");
        assertThat(cost.path("complete").asBoolean()).isFalse();
        assertThat(month(cost)).isEqualTo("25.05");
    }

    @Test
    void withoutPricesNothingIsKnown() {
        var cost = cost(PriceBook.EMPTY, 20, environment -> {});
        assertThat(cost.path("complete").asBoolean()).isFalse();
        // The SDK leaves out what is null.
        assertThat(cost.hasNonNull("hourly")).isFalse();
        assertThat(cost.hasNonNull("monthly")).isFalse();
        assertThat(cost.path("unknown"))
                .extracting(JsonNode::asText)
                .contains("web: ec2/vcpu", "orders: rds/storage/single-az/gp3", "web-dns: route53/zone");
    }
}
