package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * What holds of every stack and every price list, of which some prices are missing. The seed is fixed; {@code
 * -Dephemera.seed=N} takes another, and each failure says it.
 */
class EstimatePropertiesTest {
    private static final long SEED = Long.getLong("ephemera.seed", 2026);
    private static final int STACKS = 2_000;
    private static final List<String> ITEMS = List.of(
            "ec2/m6i.large",
            "rds/instance/postgres/single-az/db.t4g.micro",
            "rds/storage/single-az/gp3",
            "rds/backup",
            "secretsmanager/secret",
            "route53/zone",
            "route53/queries",
            "eks/cluster");

    private final Random random = new Random(SEED);

    private void forEachStack(BiConsumer<Estimator, List<StackResource>> property) {
        for (int i = 0; i < STACKS; i++) {
            var estimator = new Estimator(book(), Shop.REGION);
            var stack = stack();
            assertThat(List.of(stack))
                    .as("seed %d, stack %d", SEED, i)
                    .allSatisfy(each -> property.accept(estimator, each));
        }
    }

    private PriceBook book() {
        var prices = new LinkedHashMap<String, String>();
        for (var item : ITEMS) {
            if (random.nextInt(5) > 0) {
                prices.put(
                        item,
                        BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(11))
                                .toPlainString());
            }
        }
        return Shop.book(prices);
    }

    private List<StackResource> stack() {
        var stack = new ArrayList<StackResource>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            stack.add(resource("thing-" + i));
        }
        return stack;
    }

    private StackResource resource(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> {
                var database = Shop.database(name, 1 + random.nextInt(1_000));
                Shop.inputs(database).put("backupRetentionPeriod", random.nextInt(36));
                yield database;
            }
            case 1 -> Shop.resource(SecretRule.TYPE, name);
            case 2 -> Shop.record(name, random.nextBoolean() ? "TXT" : "A", random.nextInt(300));
            case 3 -> Shop.resource("aws:sqs/queue:Queue", name);
            default ->
                Shop.workload(
                        name, random.nextInt(5), random.nextInt(4_000) + 1 + "m", 1 + random.nextInt(8_192) + "Mi");
        };
    }

    private static Amount known(Optional<Amount> cost) {
        return cost.orElse(Amount.ZERO);
    }

    @Test
    void nothingEarnsMoneyAndNothingIsDearerAsleep() {
        forEachStack((estimator, stack) -> {
            var estimate = estimator.estimate(stack);
            assertThat(known(estimate.asleepHourly())).isBetween(Amount.ZERO, known(estimate.hourly()));
            assertThat(estimate.lines()).allSatisfy(line -> {
                assertThat(known(line.hourly())).isGreaterThanOrEqualTo(Amount.ZERO);
                if (line.hourly().isPresent()) {
                    assertThat(line.asleepHourly().orElseThrow())
                            .isBetween(Amount.ZERO, line.hourly().orElseThrow());
                }
            });
        });
    }

    @Test
    void theSumIsThatOfItsPartsWhicheverWayItIsTakenApart() {
        forEachStack((estimator, stack) -> {
            var whole = estimator.estimate(stack);
            var apart = stack.stream()
                    .map(each -> estimator.estimate(List.of(each)))
                    .toList();
            assertThat(known(whole.hourly()))
                    .isEqualTo(whole.lines().stream()
                            .map(line -> known(line.hourly()))
                            .reduce(Amount.ZERO, Amount::plus))
                    .isEqualTo(apart.stream().map(each -> known(each.hourly())).reduce(Amount.ZERO, Amount::plus));
            assertThat(known(whole.asleepHourly()))
                    .isEqualTo(apart.stream()
                            .map(each -> known(each.asleepHourly()))
                            .reduce(Amount.ZERO, Amount::plus));
            assertThat(whole.isComplete()).isEqualTo(apart.stream().allMatch(Estimate::isComplete));
        });
    }

    @Test
    void whatIsRoundedIsWithinHalfOfTheLastPlaceOfTheSum() {
        var half = Amount.of(new BigDecimal("0.0000000000005"));
        forEachStack((estimator, stack) -> estimator
                .estimate(stack)
                .hourly()
                .ifPresent(hourly -> assertThat(Amount.of(new BigDecimal(hourly.toString())))
                        .isBetween(hourly.minus(half), hourly.plus(half))));
    }

    @Test
    void anUnknownPriceIsNeverACost() {
        forEachStack((estimator, stack) -> {
            var estimate = estimator.estimate(stack);
            estimate.lines().stream()
                    .filter(line -> line.unitPrice().isEmpty())
                    .forEach(line -> assertThat(line.hourly()).isEmpty());
            assertThat(estimate.unknown()).hasSize((int) estimate.lines().stream()
                    .filter(line -> line.hourly().isEmpty())
                    .count());
            if (estimate.lines().stream().allMatch(line -> line.hourly().isEmpty()) && !estimate.isComplete()) {
                assertThat(estimate.hourly()).isEmpty();
            }
        });
    }

    @Test
    void moreIsNeverCheaper() {
        for (int i = 0; i < STACKS; i++) {
            var estimator = new Estimator(book(), Shop.REGION);
            var gib = 1 + random.nextInt(1_000);
            var days = random.nextInt(36);
            var replicas = random.nextInt(5);
            var millis = 1 + random.nextInt(4_000);
            var mebibytes = 1 + random.nextInt(8_192);
            var ttl = 2 + random.nextInt(300);
            notCheaper(estimator, database(gib + 1, days), database(gib, days));
            notCheaper(estimator, database(gib, days + 1), database(gib, days));
            notCheaper(estimator, web(replicas + 1, millis, mebibytes), web(replicas, millis, mebibytes));
            notCheaper(estimator, web(replicas, millis + 1, mebibytes), web(replicas, millis, mebibytes));
            notCheaper(estimator, web(replicas, millis, mebibytes + 1), web(replicas, millis, mebibytes));
            notCheaper(estimator, Shop.record("web", "A", ttl - 1), Shop.record("web", "A", ttl));
        }
    }

    private static StackResource database(int gib, int days) {
        var database = Shop.database("orders", gib);
        Shop.inputs(database).put("backupRetentionPeriod", days);
        return database;
    }

    private static StackResource web(int replicas, int millis, int mebibytes) {
        return Shop.workload("web", replicas, millis + "m", mebibytes + "Mi");
    }

    private static void notCheaper(Estimator estimator, StackResource more, StackResource less) {
        var dear = estimator.estimate(List.of(more));
        var cheap = estimator.estimate(List.of(less));
        assertThat(known(dear.hourly())).as("seed %d", SEED).isGreaterThanOrEqualTo(known(cheap.hourly()));
        assertThat(known(dear.asleepHourly())).as("seed %d", SEED).isGreaterThanOrEqualTo(known(cheap.asleepHourly()));
    }
}
