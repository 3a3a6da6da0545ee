package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** One pull request from open to close, step by step, with the real engine, provider and API server. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeOfAPullRequestEngineTest {
    private static final String STACK = "pr-501";
    private static final Map<String, String> FIRST = Map.of("EPHEMERA_IMAGE_TAG", "1.0");
    private static final Map<String, String> SECOND = Map.of("EPHEMERA_IMAGE_TAG", "1.1");

    private TestProject project;
    private Clouds clouds;

    @BeforeAll
    void open(@TempDir Path directory) {
        project = TestProject.below(directory);
        clouds = new Clouds();
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        project.up(FIRST, STACK).succeeded();
    }

    @AfterAll
    void close() {
        project.destroy(STACK);
        clouds.close();
    }

    private String namespace() {
        return clouds.namespace(STACK).orElseThrow();
    }

    private Job migration() {
        return clouds.kubernetes
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace())
                .withName("migrate")
                .get();
    }

    private DBInstance instance() {
        assertThat(clouds.instances(STACK)).hasSize(1);
        return clouds.instances(STACK).get(0);
    }

    @Test
    @Order(1)
    void theNamespaceHoldsTheApplicationAtTheImagesOfThePush() {
        assertThat(clouds.deployments(namespace())).containsOnlyKeys("api", "events", "web", "worker");
        assertThat(clouds.image(namespace(), "web")).isEqualTo("registry.example.com/shop/web:1.0");
        assertThat(clouds.image(namespace(), "events")).isEqualTo("docker.io/library/nats:2.15");
        assertThat(clouds.services(namespace())).containsExactly("api", "events", "web");
        assertThat(clouds.routes(namespace())).containsExactly("api", "web");
        assertThat(clouds.deployments(namespace()).values())
                .allSatisfy(deployment ->
                        assertThat(deployment.getStatus().getReadyReplicas()).isEqualTo(1));
    }

    @Test
    @Order(1)
    void theDatabaseIsRestoredFromTheNewestMaskedSnapshotAndCarriesItsOwnersMarks() {
        assertThat(instance().engine()).isEqualTo("postgres");
        assertThat(instance().dbInstanceClass()).isEqualTo("db.t4g.micro");
        assertThat(instance().dbInstanceStatus()).isEqualTo("available");
        assertThat(instance().storageEncrypted()).isTrue();
        assertThat(instance().backupRetentionPeriod()).isZero();
        assertThat(instance().tagList())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactlyInAnyOrder("ephemera:project=shop", "ephemera:stack=" + STACK, "ephemera:key=orders");
        assertThat(project.outputs(STACK).at("/databases/orders/snapshot").asText())
                .isEqualTo("shop-orders-masked-1");
    }

    @Test
    @Order(1)
    void onlyTheNetworkReachesTheDatabaseAndOnlyOnItsPort() {
        assertThat(clouds.securityGroups(STACK)).singleElement().satisfies(group -> {
            var network = clouds.ec2
                    .describeVpcs(request -> request.vpcIds(group.vpcId()))
                    .vpcs()
                    .get(0)
                    .cidrBlock();
            assertThat(group.ipPermissions()).singleElement().satisfies(rule -> {
                assertThat(rule.fromPort()).isEqualTo(5432);
                assertThat(rule.toPort()).isEqualTo(5432);
                assertThat(rule.ipRanges()).extracting(range -> range.cidrIp()).containsExactly(network);
            });
            assertThat(group.ipPermissionsEgress()).isEmpty();
            assertThat(instance().vpcSecurityGroups())
                    .extracting(member -> member.vpcSecurityGroupId())
                    .containsExactly(group.groupId());
        });
    }

    @Test
    @Order(1)
    void theMigrationHasRunAndTheSecretsSayHowToReachTheDatabase() {
        var job = migration();
        assertThat(job.getStatus().getSucceeded()).isEqualTo(1);
        var secrets = clouds.secrets(namespace());
        assertThat(secrets)
                .hasSize(3)
                .anyMatch(name -> name.matches("api-[a-z2-7]{12}"))
                .contains("orders");
        var orders = clouds.kubernetes
                .secrets()
                .inNamespace(namespace())
                .withName("orders")
                .get()
                .getData();
        assertThat(Clouds.decoded(orders.get("ORDERS_HOST")))
                .isEqualTo(instance().endpoint().address());
        assertThat(Clouds.decoded(orders.get("ORDERS_USERNAME")))
                .isEqualTo(instance().masterUsername());
        assertThat(Clouds.decoded(orders.get("ORDERS_PASSWORD"))).hasSizeGreaterThan(24);
    }

    @Test
    @Order(1)
    void eachHostHasARecordAndBesideItOneThatSaysWhoseItIs() {
        var zone = ".preview.example.com. ";
        assertThat(clouds.records(STACK))
                .hasSize(4)
                .satisfiesExactlyInAnyOrder(
                        record -> assertThat(record).startsWith(STACK + zone),
                        record -> assertThat(record).startsWith(STACK + "--api" + zone),
                        record -> assertThat(record)
                                .startsWith("_ephemera." + STACK + zone + "TXT")
                                .contains("ephemera:stack=" + STACK),
                        record -> assertThat(record).startsWith("_ephemera." + STACK + "--api" + zone + "TXT"));
    }

    @Test
    @Order(1)
    void theOutputsSayWhatIsThere() {
        var outputs = project.outputs(STACK);
        assertThat(outputs.at("/schema").asText()).isEqualTo("ephemera/v1");
        assertThat(outputs.at("/environment/application").asText()).isEqualTo("shop");
        assertThat(outputs.at("/environment/name").asText()).isEqualTo(STACK);
        assertThat(outputs.at("/environment/kind").asText()).isEqualTo("pull-request");
        assertThat(outputs.at("/environment/pullRequest").asInt()).isEqualTo(501);
        assertThat(outputs.at("/environment/images/web").asText()).isEqualTo("registry.example.com/shop/web:1.0");
        assertThat(outputs.at("/url").asText()).isEqualTo("https://pr-501.preview.example.com/");
        assertThat(outputs.at("/urls/api").asText()).isEqualTo("https://pr-501--api.preview.example.com/api");
        assertThat(outputs.at("/namespace").asText()).isEqualTo(namespace());
        var orders = outputs.at("/databases/orders");
        assertThat(orders.at("/address").asText())
                .isEqualTo(instance().endpoint().address());
        assertThat(orders.at("/port").asInt()).isEqualTo(5432);
        assertThat(orders.at("/database").asText()).isEqualTo("orders");
        assertThat(orders.at("/secretName").asText()).isEqualTo("orders");
    }

    @Test
    @Order(2)
    void aSecondRunChangesNothing() {
        var objects = clouds.identities(namespace());
        var outputs = project.outputs(STACK);
        var result = project.up(FIRST, STACK, "--expect-no-changes").succeeded();
        assertThat(result.unchanged()).isGreaterThan(20);
        assertThat(clouds.identities(namespace())).isEqualTo(objects);
        assertThat(project.outputs(STACK)).isEqualTo(outputs);
    }

    @Test
    @Order(3)
    void aNewerSnapshotChangesNothing() {
        var before = instance();
        clouds.rds.createDBSnapshot(request -> request.dbInstanceIdentifier("shop-orders")
                .dbSnapshotIdentifier("shop-orders-newer")
                .tags(software.amazon.awssdk.services.rds.model.Tag.builder()
                        .key("ephemera:masked")
                        .value("true")
                        .build()));
        try {
            project.up(FIRST, STACK, "--expect-no-changes").succeeded();
            assertThat(instance().dbiResourceId()).isEqualTo(before.dbiResourceId());
            assertThat(project.outputs(STACK).at("/databases/orders/snapshot").asText())
                    .isEqualTo("shop-orders-masked-1");
        } finally {
            clouds.rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier("shop-orders-newer"));
        }
    }

    @Test
    @Order(3)
    void thatNoSnapshotWouldDoAnyLongerChangesNothing() throws Exception {
        var sample = Files.readString(Path.of("stacks/preview.yaml"));
        project.withPreview(sample.replace("maxAge: 7d", "source: gone"));
        try {
            var result = project.up(FIRST, STACK, "--expect-no-changes").succeeded();
            assertThat(result.output()).contains("no snapshot of gone may be restored: no snapshot of gone exists");
        } finally {
            project.withPreview(sample);
        }
    }

    @Test
    @Order(4)
    void aPushDeploysItsImagesMigratesAgainAndKeepsTheDatabase() {
        var database = instance().dbiResourceId();
        var migration = migration();
        var gates = clouds.secrets(namespace());
        project.up(SECOND, STACK).succeeded();
        for (var workload : List.of("web", "api", "worker")) {
            assertThat(clouds.image(namespace(), workload))
                    .isEqualTo("registry.example.com/shop/%s:1.1".formatted(workload));
        }
        assertThat(clouds.image(namespace(), "events")).isEqualTo("docker.io/library/nats:2.15");
        var again = migration();
        assertThat(again.getMetadata().getUid())
                .isNotEqualTo(migration.getMetadata().getUid());
        assertThat(again.getStatus().getSucceeded()).isEqualTo(1);
        assertThat(clouds.secrets(namespace())).hasSize(3).isNotEqualTo(gates);
        assertThat(instance().dbiResourceId()).isEqualTo(database);
        project.up(SECOND, STACK, "--expect-no-changes").succeeded();
    }

    @Test
    @Order(5)
    void aReseedRestoresAnewAndMigratesAgain() {
        var database = instance().dbiResourceId();
        var migration = migration();
        // By hand, with no image given: it deploys what ran last.
        project.run(List.of(
                        Path.of("ci/ephemera").toAbsolutePath().toString(),
                        "reseed",
                        "--stack",
                        STACK,
                        "--database",
                        "orders"))
                .succeeded();
        assertThat(instance().dbiResourceId()).isNotEqualTo(database);
        assertThat(migration().getMetadata().getUid())
                .isNotEqualTo(migration.getMetadata().getUid());
        project.up(SECOND, STACK, "--expect-no-changes").succeeded();
    }

    @Test
    @Order(5)
    void aDatabaseThatIsReplacedAloneIsMigratedAgain() {
        var database = instance().dbiResourceId();
        var migration = migration();
        project.up(SECOND, STACK, "--replace", project.urn(STACK, "Instance::orders"))
                .succeeded();
        assertThat(instance().dbiResourceId()).isNotEqualTo(database);
        assertThat(migration().getMetadata().getUid())
                .isNotEqualTo(migration.getMetadata().getUid());
        assertThat(migration().getStatus().getSucceeded()).isEqualTo(1);
        project.up(SECOND, STACK, "--expect-no-changes").succeeded();
    }

    @Test
    @Order(5)
    void aReseedForWhichNoSnapshotWillDoFailsBeforeTheOldDatabaseGoes() throws Exception {
        var database = instance().dbiResourceId();
        var sample = Files.readString(Path.of("stacks/preview.yaml"));
        project.withPreview(sample.replace("maxAge: 7d", "source: gone"));
        try {
            assertThat(project.up(SECOND, STACK, "--replace", project.urn(STACK, "Stash::orders-snapshot"))
                            .failed()
                            .output())
                    .contains("error: pulumi:index:Stash resource 'orders-snapshot'")
                    .contains("{no snapshot of gone may be restored: no snapshot of gone exists}")
                    .doesNotContain("Exception");
        } finally {
            project.withPreview(sample);
        }
        assertThat(instance().dbiResourceId()).isEqualTo(database);
        project.up(SECOND, STACK, "--expect-no-changes").succeeded();
    }

    @Test
    @Order(6)
    void noPasswordStandsInTheState() {
        var password = Clouds.decoded(clouds.kubernetes
                .secrets()
                .inNamespace(namespace())
                .withName("orders")
                .get()
                .getData()
                .get("ORDERS_PASSWORD"));
        var state =
                project.pulumi("stack", "export", "--stack", STACK).succeeded().output();
        assertThat(state).contains("ciphertext").doesNotContain(password);
    }

    @Test
    @Order(7)
    void afterDestroyNothingIsLeft() {
        project.destroy(STACK).succeeded();
        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(clouds.instances(STACK)).isEmpty();
        assertThat(clouds.securityGroups(STACK)).isEmpty();
        assertThat(clouds.records(STACK)).isEmpty();
        assertThat(project.pulumi("stack", "ls").succeeded().output()).doesNotContain(STACK);
    }
}
