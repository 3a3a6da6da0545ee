package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ephemera.model.AwsRegion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateTest {
    private static String quantity(Estimate estimate, String item) {
        return estimate.lines().stream()
                .filter(line -> line.item().equals(item))
                .map(line -> line.quantity().map(Amount::toString).orElse("not known"))
                .findFirst()
                .orElse("no line");
    }

    private static List<String> items(Estimate estimate) {
        return estimate.lines().stream().map(CostLine::item).toList();
    }

    @Test
    void aKindThatNoRuleCoversIsToldOnceAndMakesTheSumAPartOfTheCost() {
        var estimate = Shop.estimate(
                Shop.database("orders", 20),
                Shop.resource("aws:sqs/queue:Queue", "one"),
                Shop.resource("aws:sqs/queue:Queue", "two"),
                Shop.resource("kubernetes:core/v1:PersistentVolumeClaim", "disk"));
        assertThat(estimate.notCounted())
                .containsExactly("aws:sqs/queue:Queue", "kubernetes:core/v1:PersistentVolumeClaim");
        assertThat(estimate.isComplete()).isFalse();
        assertThat(estimate.hourly()).hasToString("Optional[0.019150684932]");
    }

    @Test
    void whereNothingIsKnownThereIsNoSumAndWhereThereIsNothingItIsNothing() {
        var unknown = new Estimator(Shop.book(Map.of()), Shop.REGION).estimate(List.of(Shop.database("orders", 20)));
        assertThat(unknown.hourly()).isEmpty();
        assertThat(unknown.monthly()).isEmpty();
        assertThat(unknown.asleepHourly()).isEmpty();
        assertThat(unknown.sharedHourly()).isEmpty();
        assertThat(unknown.pricesAsOf()).isEmpty();
        assertThat(unknown.unknown())
                .containsExactly(
                        "orders: rds/instance/postgres/single-az/db.t4g.micro", "orders: rds/storage/single-az/gp3");
        assertThat(Shop.estimate(Shop.resource("aws:sqs/queue:Queue", "one")).hourly())
                .isEmpty();
        assertThat(Shop.estimate().hourly()).contains(Amount.ZERO);
        assertThat(Shop.estimate().isComplete()).isTrue();
    }

    @Test
    void anotherRegionsPricesSayNothing() {
        var elsewhere =
                new Estimator(Shop.usual(), new AwsRegion("eu-west-1")).estimate(List.of(Shop.database("orders", 20)));
        assertThat(elsewhere.hourly()).isEmpty();
    }

    @Test
    void theOrderOfTheResourcesChangesNothing() {
        var stack = new ArrayList<>(List.of(
                Shop.database("orders", 20),
                Shop.workload("web", 2, "500m", "512Mi"),
                Shop.record("web-dns", "CNAME", 60),
                Shop.resource("aws:sqs/queue:Queue", "queue")));
        var estimate = new Estimator(Shop.usual(), Shop.REGION).estimate(stack);
        Collections.reverse(stack);
        assertThat(new Estimator(Shop.usual(), Shop.REGION).estimate(stack)).isEqualTo(estimate);
    }

    @Test
    void theOldestPriceSaysHowOldTheEstimateIs() {
        assertThat(Shop.estimate(Shop.database("orders", 20)).pricesAsOf()).contains(Shop.DAY);
    }

    @Test
    void whatTheStackOnlyReadsSomebodyElsePaysFor() {
        var gateway = Shop.resource("kubernetes:gateway.networking.k8s.io/v1:Gateway", "gateway");
        var read = new StackResource(gateway.type(), gateway.name(), gateway.inputs(), gateway.outputs(), true);
        assertThat(Shop.estimate(gateway).notCounted()).containsExactly(gateway.type());
        assertThat(Shop.estimate(read).isComplete()).isTrue();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"ClusterIP, true", "NodePort, true", "LoadBalancer, false"})
    void aServiceIsFreeWithoutALoadBalancer(String type, boolean isFree) {
        var service = Shop.resource("kubernetes:core/v1:Service", "web");
        Shop.inputs(service).putObject("spec").put("type", type);
        assertThat(Shop.estimate(service).isComplete()).isEqualTo(isFree);
    }

    @Test
    void theSharedStandApartAndInNoSum() {
        var estimate = Shop.estimate(Shop.database("orders", 20));
        assertThat(estimate.shared()).singleElement().satisfies(line -> {
            assertThat(line.resource()).isEqualTo("shared");
            assertThat(line.item()).isEqualTo("eks/cluster");
        });
        assertThat(estimate.sharedHourly()).hasToString("Optional[0.1]");
        assertThat(estimate.hourly()).hasToString("Optional[0.019150684932]");
    }

    /** 10 x (0.25 core x 0.0312468... + 0.5 GiB x 0.0041882...) + 0.016 an hour, and 50 x 0.115 a month. */
    @Test
    void tenServicesAndADatabaseToTheCent() {
        var stack = new ArrayList<StackResource>();
        for (int i = 0; i < 10; i++) {
            stack.add(Shop.workload("service-" + i, 1, "250m", "512Mi"));
        }
        stack.add(Shop.database("orders", 50));
        var split = "730 x 10 x (0.25 x 7.4607 + 0.5) x 0.096 / (2 x 7.4607 + 8)";
        var expected = Arithmetic.result(split + " + 730 x 0.016 + 50 x 0.115");
        var estimate = new Estimator(Shop.usual(), Shop.REGION).estimate(stack);
        assertThat(estimate.monthly()).contains(expected);
        assertThat(expected.rounded(2)).isEqualTo("89.74");
    }

    @Test
    void aDatabaseIsAsLargeAsItReallyIs() {
        var database = Shop.database("orders", 40);
        Shop.inputs(database).put("allocatedStorage", 20.0);
        assertThat(quantity(Shop.estimate(database), "rds/storage/single-az/gp3"))
                .isEqualTo("40");
    }

    @Test
    void aDatabaseOfWhichTheSizeIsNotKnownYetHasNone() {
        var database = Shop.database("orders", 40);
        Shop.outputs(database).remove("allocatedStorage");
        assertThat(Shop.estimate(database).unknown()).containsExactly("orders: rds/storage/single-az/gp3");
    }

    @Test
    void theEngineMayBeWhatTheSnapshotSays() {
        var database = Shop.database("orders", 40);
        Shop.inputs(database).remove("engine");
        assertThat(Shop.estimate(database).unknown()).containsExactly("orders: rds/instance");
        var stash = Shop.resource("pulumi:index:Stash", "orders-snapshot");
        Shop.outputs(stash).putObject("output").put("engine", "postgres").put("allocatedStorage", 20);
        assertThat(Shop.estimate(database, stash).isComplete()).isTrue();
    }

    @ParameterizedTest(name = "{0} days -> {1}")
    @CsvSource({"0, no line", "1, no line", "2, 20", "7, 120", "-1, not known"})
    void backupsAreAtMostAllOfItForEachDayBeyondTheFirst(int days, String quantity) {
        var database = Shop.database("orders", 20);
        Shop.inputs(database).put("backupRetentionPeriod", days);
        assertThat(quantity(Shop.estimate(database), "rds/backup")).isEqualTo(quantity);
    }

    @Test
    void howLongBackupsAreKeptIsTheSnapshotsWhereNobodySays() {
        var database = Shop.database("orders", 20);
        Shop.inputs(database).remove("backupRetentionPeriod");
        assertThat(Shop.estimate(database).unknown()).containsExactly("orders: rds/backup");
    }

    @ParameterizedTest(name = "{0} {1} GiB {2} -> {3}")
    @CsvSource({
        "gp3, 20, 3000, no line",
        "gp3, 20, 4000, 1000",
        "gp3, 400, 12000, no line",
        "gp3, 400, 12001, 1",
        "io1, 100, 1000, 1000",
        "gp2, 100, 300, no line"
    })
    void operationsAreALineWhereTheyAreSold(String type, int gib, int iops, String quantity) {
        var database = Shop.database("orders", gib);
        Shop.outputs(database).put("storageType", type).put("iops", iops);
        assertThat(quantity(Shop.estimate(database), "rds/iops/single-az/" + type))
                .isEqualTo(quantity);
    }

    @Test
    void throughputBeyondWhatGp3IncludesIsALine() {
        var database = Shop.database("orders", 20);
        Shop.outputs(database).put("storageThroughput", 250);
        assertThat(quantity(Shop.estimate(database), "rds/throughput/single-az/gp3"))
                .isEqualTo("125");
    }

    @Test
    void anInstanceAsNobodyNamesOneIsUnknown() {
        var database = Shop.database("orders", 20);
        Shop.inputs(database).put("instanceClass", "huge").put("storageType", "Tape!");
        assertThat(Shop.estimate(database).unknown()).containsExactly("orders: rds/instance", "orders: rds/storage");
    }

    @Test
    void aSnapshotIsAtMostAsLargeAsItsDatabase() {
        var snapshot = Shop.resource(DatabaseSnapshotRule.TYPE, "before");
        assertThat(Shop.estimate(snapshot).unknown()).containsExactly("before: rds/backup");
        Shop.outputs(snapshot).put("allocatedStorage", 20);
        assertThat(Shop.estimate(snapshot).monthly()).hasToString("Optional[1.9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "-1", "04da6b54-80e4-46f7-96ec-b56ff0331ba9", ""})
    void aRequestThatCannotBeReadIsUnknownNotNothing(String cpu) {
        assertThat(Shop.estimate(Shop.workload("web", 1, cpu, "512Mi")).unknown())
                .containsExactly("web: ec2/m6i.large/vcpu");
    }

    @Test
    void aContainerThatAsksForNothingHasItsLimitOrIsUnknown() {
        var web = Shop.workload("web", 1, "1", "1Gi");
        var more = Shop.inputs(web).withArray("/spec/template/spec/containers").addObject();
        assertThat(Shop.estimate(web).unknown())
                .containsExactly("web: ec2/m6i.large/memory", "web: ec2/m6i.large/vcpu");
        more.putObject("resources").putObject("limits").put("cpu", 2).put("memory", "512Mi");
        var estimate = Shop.estimate(web);
        assertThat(quantity(estimate, "ec2/m6i.large/vcpu")).isEqualTo("3");
        assertThat(quantity(estimate, "ec2/m6i.large/memory")).isEqualTo("1.5");
    }

    @Test
    void aWorkloadIsOnePodWhereNobodySaysHowManyAndNoneWhereItIsAsleep() {
        var web = Shop.workload("web", 3, "1", "1Gi");
        Shop.inputs(web).withObject("/spec").remove("replicas");
        assertThat(quantity(Shop.estimate(web), "ec2/m6i.large/vcpu")).isEqualTo("1");
        assertThat(Shop.estimate(Shop.workload("web", 0, "1", "1Gi")).hourly()).contains(Amount.ZERO);
    }

    @Test
    void anEncryptedValueIsNotKnown() {
        var web = Shop.workload("web", 1, "1", "1Gi");
        Shop.inputs(web)
                .withObject("/spec")
                .set("replicas", JsonNodeFactory.instance.objectNode().put("ciphertext", "v1:abc"));
        assertThat(Shop.estimate(web).hourly()).isEmpty();
    }

    @Test
    void nobodyAsksForTheMarkOfARecord() {
        assertThat(items(Shop.estimate(Shop.record("web", "CNAME", 60))))
                .containsExactly("route53/queries", "route53/zone");
        assertThat(items(Shop.estimate(Shop.record("web", "TXT", 60)))).containsExactly("route53/zone");
        assertThat(Shop.estimate(Shop.record("web", "A", 0)).unknown()).containsExactly("web: route53/queries");
    }
}
