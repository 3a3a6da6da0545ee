package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** Two databases of one environment, one's key the beginning of the other's. */
@Tag("engine")
class SeveralDatabasesEngineTest {
    private static final String STACK = "pr-543";

    private TestProject project;
    private Clouds clouds;

    @BeforeEach
    void open(@TempDir Path directory) {
        project = TestProject.below(directory).withPreview("""
                workloads: {web: {replicas: 1, databases: [orders, orders-archive]}, api: null, worker: null, events: null}
                jobs: null
                databases:
                  orders: {instanceClass: db.t4g.micro}
                  orders-archive:
                    engine: postgres
                    instanceClass: db.t4g.micro
                    subnetGroup: private
                    database: orders
                    username: app
                    snapshot: {source: shop-orders}
                """);
        clouds = new Clouds();
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        TestSandbox.SHARED.restoreTime("8s");
    }

    @AfterEach
    void close() {
        TestSandbox.SHARED.restoreTime("2s");
        project.destroy(STACK);
        clouds.close();
    }

    @Test
    void areRestoredSideBySideAndHaveEachASecretAPasswordAndASecurityGroup() throws Exception {
        var update = CompletableFuture.supplyAsync(() -> project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.0"), STACK));
        var together = false;
        while (!update.isDone() && !together) {
            together = clouds.instances(STACK).stream()
                            .filter(instance -> instance.dbInstanceStatus().equals("creating"))
                            .count()
                    == 2;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        update.join().succeeded();
        assertThat(together).as("both were being restored at one time").isTrue();

        assertThat(clouds.secrets(clouds.namespace(STACK).orElseThrow())).containsExactly("orders", "orders-archive");
        assertThat(clouds.instances(STACK))
                .hasSize(2)
                .extracting(DBInstance::dbInstanceIdentifier)
                .doesNotHaveDuplicates();
        assertThat(clouds.securityGroups(STACK))
                .hasSize(2)
                .extracting(SecurityGroup::groupName)
                .doesNotHaveDuplicates();
        assertThat(clouds.instances(STACK))
                .extracting(instance -> List.of(
                        instance.dbInstanceIdentifier(),
                        instance.vpcSecurityGroups().get(0).vpcSecurityGroupId()))
                .containsExactlyInAnyOrderElementsOf(clouds.securityGroups(STACK).stream()
                        .map(group -> List.of(group.groupName(), group.groupId()))
                        .toList());
    }

    @Test
    void eachOpensWithItsOwnPasswordOnly() throws Exception {
        assumeThat(TestSandbox.SHARED.hasRealNode()).isTrue();
        project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.0"), STACK).succeeded();
        var orders = DatabaseLogin.of(clouds, STACK, "orders");
        var archive = DatabaseLogin.of(clouds, STACK, "orders-archive");
        for (var login : List.of(orders, archive)) {
            try (var connection = login.open()) {
                assertThat(connection.isValid(10)).isTrue();
            }
        }
        assertThat(orders.address()).isNotEqualTo(archive.address());
        assertThatThrownBy(() -> orders.as("app", archive.password()).open()).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> archive.as("app", orders.password()).open()).isInstanceOf(SQLException.class);
    }
}
