package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.ImageOverrides;
import dev.ephemera.model.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreviewEnvironmentTest {
    private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
    private static final String SECRET = "kubernetes:core/v1:Secret";
    private static final String RECORD = "aws:route53/record:Record";
    private static final Snapshot MASKED = new Snapshot(
            "shop-orders-masked",
            "available",
            true,
            "postgres",
            "16.4",
            true,
            20,
            Instant.parse("2026-11-24T00:00:00Z"));

    private final RecordingMocks engine = new RecordingMocks();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private void up(Optional<String> tag) {
        up(new ImageOverrides(Map.of(), tag, Map.of()).appliedTo(ApplicationReader.read(Path.of("stacks"))), MASKED);
    }

    private void up(ApplicationSpec application, Snapshot snapshot) {
        PullRequest.up(engine, application, snapshot);
    }

    @Test
    void theInstanceTakesEngineAndEncryptionFromTheChosenSnapshot() {
        up(Optional.empty());
        assertThat(engine.declared("aws:rds/instance:Instance").get("orders"))
                .containsEntry("snapshotIdentifier", "shop-orders-masked")
                .containsEntry("engine", "postgres")
                .containsEntry("storageEncrypted", true)
                .containsEntry("instanceClass", "db.t4g.micro")
                .containsEntry("skipFinalSnapshot", true)
                .doesNotContainKeys("kmsKeyId", "username", "dbName");
    }

    @Test
    void theInstanceHasTagsOfItsOwnAndNeverThoseOfProduction() {
        up(Optional.empty());
        assertThat(engine.declared("aws:rds/instance:Instance").get("orders").get("tags"))
                .isEqualTo(Map.of("ephemera:project", "shop", "ephemera:stack", "pr-7", "ephemera:key", "orders"));
    }

    @Test
    void workloadsBeforeWhichAJobRunsWaitForASecretThatTheJobsRunNames() {
        up(Optional.of("c0ffee"));
        var gate = Values.at(engine.declared(SECRET).get("api-gate"), "metadata.name");
        assertThat(gate).asString().matches("api-[a-z2-7]{12}");
        assertThat(Values.at(
                        engine.declared(DEPLOYMENT).get("api"),
                        "spec.template.spec.containers.0.envFrom.0.secretRef.name"))
                .isEqualTo(gate);
        assertThat(engine.declared(SECRET)).containsOnlyKeys("orders-secret", "api-gate", "worker-gate");
    }

    @Test
    void anotherImageOfTheJobGivesTheGateAnotherName() {
        up(Optional.of("one"));
        var one = Values.at(engine.declared(SECRET).get("api-gate"), "metadata.name");
        up(Optional.of("two"));
        assertThat(Values.at(engine.declared(SECRET).get("api-gate"), "metadata.name"))
                .isNotEqualTo(one);
    }

    @Test
    void aDatabaseThatWasReplacedAloneGivesTheJobAnotherRunAndTheGateTheSameName() {
        up(Optional.of("one"));
        var gate = Values.at(engine.declared(SECRET).get("api-gate"), "metadata.name");
        var run = run();
        engine.restore("db-SECOND");
        up(Optional.of("one"));
        assertThat(run()).isNotNull().isNotEqualTo(run);
        assertThat(Values.at(engine.declared(SECRET).get("api-gate"), "metadata.name"))
                .isEqualTo(gate);
    }

    private Object run() {
        return Values.at(
                engine.declared("kubernetes:batch/v1:Job").get("migrate"), "spec.template.metadata.annotations");
    }

    @Test
    void gatedWorkloadsAreDeclaredWhileTheDatabaseIsStillBeingRestored() {
        engine.delay("orders");
        up(Optional.of("one"));
        assertThat(engine.events())
                .containsSubsequence(
                        "asked for api " + DEPLOYMENT,
                        "made orders aws:rds/instance:Instance",
                        "asked for migrate kubernetes:batch/v1:Job");
    }

    @Test
    void gatedDeploymentsAreAwaitedByAPatchAndTheOthersWhereTheyAreDeclared() {
        up(Optional.empty());
        var deployments = engine.declared(DEPLOYMENT);
        assertThat(annotation(deployments.get("api"), "pulumi.com/skipAwait")).isEqualTo("true");
        assertThat(annotation(deployments.get("web"), "pulumi.com/skipAwait")).isNull();
        assertThat(engine.declared("kubernetes:apps/v1:DeploymentPatch")).containsOnlyKeys("api-ready", "worker-ready");
    }

    @Test
    void aWorkloadThatWaitsForADatabaseAloneIsAwaitedByAPatchTooAndItsPodsFollowTheDatabase() {
        var shop = ApplicationReader.read(Path.of("stacks"));
        up(shop.running(shop.workloads(), Map.of()), MASKED);
        var api = engine.declared(DEPLOYMENT).get("api");
        assertThat(annotation(api, "pulumi.com/skipAwait")).isEqualTo("true");
        assertThat(engine.declared("kubernetes:apps/v1:DeploymentPatch")).containsOnlyKeys("api-ready", "worker-ready");
        assertThat(Values.at(api, "spec.template.spec.containers.0.envFrom.0.secretRef.name"))
                .isEqualTo("orders");
        assertThat(Values.at(api, "spec.template.metadata.annotations"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsKey("ephemera.dev/databases");
    }

    private static Object annotation(Map<String, Object> object, String name) {
        return Values.at(object, "metadata.annotations") instanceof Map<?, ?> annotations
                ? annotations.get(name)
                : null;
    }

    @Test
    void oldPodsServeUntilNewOnesAreReady() {
        up(Optional.empty());
        assertThat(Values.at(engine.declared(DEPLOYMENT).get("api"), "spec.strategy.rollingUpdate.maxUnavailable"))
                .isEqualTo(0.0);
    }

    @Test
    void everyExposedWorkloadHasARouteOnTheSharedGatewayAndARecordWithItsOwner() {
        up(Optional.empty());
        var routes = engine.declared("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute");
        assertThat(routes).containsOnlyKeys("web-route", "api-route");
        assertThat(Values.at(routes.get("web-route"), "spec.hostnames")).isEqualTo(List.of("pr-7.preview.example.com"));
        assertThat(Values.at(routes.get("api-route"), "spec.hostnames"))
                .isEqualTo(List.of("pr-7--api.preview.example.com"));
        var records = engine.declared(RECORD);
        assertThat(records).containsOnlyKeys("web-dns", "web-dns-owner", "api-dns", "api-dns-owner");
        assertThat(records.get("web-dns"))
                .containsEntry("type", "CNAME")
                .containsEntry("records", List.of("lb.example.com"))
                .containsEntry("ttl", 60.0);
        assertThat(records.get("web-dns-owner"))
                .containsEntry("name", "_ephemera.pr-7.preview.example.com")
                .containsEntry("records", List.of("ephemera:project=shop ephemera:stack=pr-7"));
    }

    @Test
    void theDatabasesSecretHoldsWhatContainersNeedUnderTheDatabasesName() {
        up(Optional.empty());
        assertThat(Values.at(engine.declared(SECRET).get("orders-secret"), "stringData"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("ORDERS_HOST", "orders.internal")
                .containsEntry("ORDERS_PORT", "5432")
                .containsEntry("ORDERS_DATABASE", "orders")
                .containsEntry("ORDERS_USERNAME", "app")
                .containsKey("ORDERS_PASSWORD");
    }

    @Test
    void twoEnvironmentsNeverShareAPassword() {
        up(Optional.empty());
        var first = engine.declared("pulumi:index:Stash").get("orders-password").get("input");
        up(Optional.empty());
        assertThat(engine.declared("pulumi:index:Stash").get("orders-password").get("input"))
                .isNotEqualTo(first)
                .asString()
                .hasSizeGreaterThan(24);
    }

    @Test
    void theNamespaceCarriesTheOwnersMarks() {
        up(Optional.empty());
        assertThat(Values.at(engine.declared("kubernetes:core/v1:Namespace").get("namespace"), "metadata.labels"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("ephemera.dev/project", "shop")
                .containsEntry("ephemera.dev/stack", "pr-7");
    }
}
