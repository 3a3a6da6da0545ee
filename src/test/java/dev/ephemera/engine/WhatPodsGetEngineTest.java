package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.ephemera.sandbox.Busybox;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Path;
import java.time.Duration;
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

/** Everything that an application can say of its pods, jobs and routes, as running pods and a browser's requests find it. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WhatPodsGetEngineTest {
    private static final String STACK = "pr-541";
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final TestSandbox SANDBOX = TestSandbox.SHARED;
    private static final String SHELL = "image: \"%s\", runAsUser: 65532".formatted(Busybox.IMAGE);

    /** Two workloads under one host, two jobs in order, and all that a container can be given. */
    private static final String APPLICATION = """
            workloads:
              web:
                %1$s
                command: [/busybox, sh, -c]
                args: ['/busybox cp -r /site/. /www-out/; exec /busybox httpd -f -p 8080 -h /www-out']
                port: 8080
                expose: {}
                databases: []
                env:
                  PGHOST: {database: orders, field: host}
                  PGURL: {database: orders, field: url}
                  COMPOSED: "$(PGHOST)/orders"
                  API: {workload: api}
                  ADDRESS: {url: api}
                  TOKEN: {secret: stripe, key: token}
                  EMPTY: ""
                probes:
                  readiness: {path: /index.html}
                  liveness: {command: [/busybox, "true"]}
                volumes:
                  /site: {emptyDir: {sizeLimit: 1Mi}}
                  /www-out: {emptyDir: {}}
                  /etc/app: {configMap: settings}
                  /run/stripe: {secret: stripe}
                initContainers:
                  fetch:
                    image: "%2$s"
                    command: [/busybox, sh, -c, 'echo "the page of $EPHEMERA_STACK" > /site/index.html; /busybox mkdir -p /site; echo $ORDERS_HOST > /site/database']
                    volumes: {/site: {emptyDir: {sizeLimit: 1Mi}}}
                serviceAccount:
                  annotations: {"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/preview-web"}
              api:
                %1$s
                command: [/busybox, sh, -c, '/busybox mkdir -p /tmp/www/api; echo "the api" > /tmp/www/api/index.html; exec /busybox httpd -f -p 8080 -h /tmp/www']
                volumes: {/tmp: {emptyDir: {}}}
                port: 8080
                expose: {path: /api, under: web}
            databases:
              orders: {engine: postgres, instanceClass: db.t4g.micro, subnetGroup: private, database: orders, username: app, snapshot: {source: shop-orders}}
            jobs:
              second: {%3$s, command: [/busybox, sleep, "1"], after: [first]}
              first: {%3$s, command: [/busybox, sh, -c, '%4$s'], databases: [orders], before: [web]}
            configMaps: {settings: {app.properties: "greeting=%5$s"}}
            secrets: {stripe: {namespace: default, name: stripe}}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared, controller: traefik}}
            access: {cidrs: [%6$s]}
            aws: {region: eu-west-1}
            """;

    private static final String EVERYBODY = "0.0.0.0/0";

    private TestProject project;
    private Clouds clouds;
    private String namespace;

    private static String application(String migration, String greeting, String allowed) {
        return APPLICATION.formatted(
                "image: \"%s\"\n    runAsUser: 65532".formatted(Busybox.IMAGE),
                Busybox.IMAGE,
                SHELL,
                migration,
                greeting,
                allowed);
    }

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        assumeThat(SANDBOX.hasRealNode()).isTrue();
        SANDBOX.run(
                        HERE,
                        Map.of(),
                        List.of("image", "import", Busybox.image(directory).toString()))
                .succeeded();
        clouds = new Clouds();
        clouds.kubernetes
                .secrets()
                .inNamespace("default")
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("stripe")
                        .addToLabels("ephemera.dev/copied-by", "shop")
                        // As a plain `kubectl apply` leaves it.
                        .addToAnnotations(
                                "kubectl.kubernetes.io/last-applied-configuration",
                                "{\"stringData\":{\"token\":\"planted-secret-token\"}}")
                        .endMetadata()
                        .addToStringData("token", "planted-secret-token")
                        .build())
                .serverSideApply();
        project = TestProject.below(directory).withApplication(application("/busybox true", "hello", EVERYBODY));
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        project.up(STACK).succeeded();
        namespace = clouds.namespace(STACK).orElseThrow();
    }

    @AfterAll
    void close() {
        if (project != null) {
            project.destroy(STACK);
            clouds.kubernetes
                    .secrets()
                    .inNamespace("default")
                    .withName("stripe")
                    .delete();
            clouds.close();
        }
    }

    private String inWeb(String script) throws Exception {
        var pod = clouds
                .kubernetes
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "web")
                .list()
                .getItems()
                .stream()
                .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElseThrow();
        return CuriousPods.shell(clouds, namespace, pod.getMetadata().getName(), script);
    }

    private static TestSandbox.Result curl(String... arguments) {
        var command = new java.util.ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
        command.addAll(List.of(arguments));
        return SANDBOX.run(HERE, Map.of(), command);
    }

    private Map<String, String> secret(String name) {
        return clouds.kubernetes
                .secrets()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getData();
    }

    @Test
    @Order(1)
    void aContainerHasItsVariablesFromWhereTheApplicationSays() throws Exception {
        var database = secret("orders");
        assertThat(inWeb("/busybox env"))
                .contains("EPHEMERA_STACK=" + STACK)
                .contains("PGHOST=" + Clouds.decoded(database.get("ORDERS_HOST")))
                .contains("PGURL=" + Clouds.decoded(database.get("ORDERS_URL")))
                .contains("COMPOSED=" + Clouds.decoded(database.get("ORDERS_HOST")) + "/orders")
                .contains("API=http://api:8080")
                .contains("ADDRESS=https://pr-541.preview.example.com/api")
                .contains("TOKEN=planted-secret-token")
                .contains("EMPTY=\n");
    }

    @Test
    @Order(2)
    void aContainerHasTheFilesThatAreMounted() throws Exception {
        assertThat(inWeb("/busybox cat /etc/app/app.properties /run/stripe/token; echo no > /etc/app/x"))
                .contains("greeting=hello")
                .contains("planted-secret-token")
                .contains("Read-only file system");
    }

    @Test
    @Order(3)
    void anInitContainerHasItsDatabaseAndLeavesFilesForTheContainerAfterIt() throws Exception {
        assertThat(curl("https://pr-541.preview.example.com/").succeeded().output())
                .isEqualTo("the page of pr-541\n");
        assertThat(curl("https://pr-541.preview.example.com/database")
                        .succeeded()
                        .output())
                .startsWith(Clouds.decoded(secret("orders").get("ORDERS_HOST")));
    }

    @Test
    @Order(4)
    void twoWorkloadsShareAHostEachAtItsPath() {
        assertThat(curl("https://pr-541.preview.example.com/api/").succeeded().output())
                .isEqualTo("the api\n");
        assertThat(clouds.records(STACK)).hasSize(2);
        assertThat(project.outputs(STACK).at("/urls/api").asText()).isEqualTo("https://pr-541.preview.example.com/api");
    }

    @Test
    @Order(5)
    void everyAnswerAsksSearchEnginesToLeaveItOut() {
        assertThat(curl("-D", "-", "-o", "/dev/null", "https://pr-541.preview.example.com/")
                        .succeeded()
                        .output()
                        .toLowerCase(java.util.Locale.ROOT))
                .contains("x-robots-tag: noindex");
    }

    @Test
    @Order(6)
    void aPodIsWhoTheApplicationSaysTowardsAwsAndNobodyTowardsKubernetes() throws Exception {
        var pod = clouds.kubernetes
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "web")
                .list()
                .getItems()
                .get(0);
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("web");
        assertThat(clouds.kubernetes
                        .serviceAccounts()
                        .inNamespace(namespace)
                        .withName("web")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/preview-web");
        assertThat(inWeb("/busybox ls /var/run/secrets/kubernetes.io")).contains("No such file");
    }

    @Test
    @Order(7)
    void jobsRanInTheirOrder() {
        var jobs = clouds.kubernetes.batch().v1().jobs().inNamespace(namespace);
        assertThat(jobs.withName("first").get().getStatus().getCompletionTime())
                .isLessThanOrEqualTo(jobs.withName("second").get().getStatus().getStartTime());
    }

    @Test
    @Order(8)
    void aSecondRunChangesNothingAndNoCopiedValueStandsInTheState() {
        project.up(STACK, "--expect-no-changes").succeeded();
        assertThat(project.pulumi("stack", "export", "--stack", STACK)
                        .succeeded()
                        .output())
                .doesNotContain("planted-secret-token")
                .doesNotContain("cGxhbnRlZC1zZWNyZXQtdG9rZW4");
    }

    @Test
    @Order(9)
    void otherContentOfAConfigMapRollsOutThePodsThatMountIt() throws Exception {
        project.withApplication(application("/busybox true", "goodbye", EVERYBODY));
        project.up(STACK).succeeded();
        assertThat(inWeb("/busybox cat /etc/app/app.properties")).contains("greeting=goodbye");
    }

    @Test
    @Order(10)
    void aFailedJobsLastWordsAreInTheErrorAndOldPodsGoOnServing() {
        project.withApplication(application(
                "echo column orders.total already exists >&2; /busybox sleep 1; exit 3", "never", EVERYBODY));

        assertThat(project.up(STACK).failed().output()).contains("column orders.total already exists");

        assertThat(curl("https://pr-541.preview.example.com/").succeeded().output())
                .isEqualTo("the page of pr-541\n");
        project.withApplication(application("/busybox true", "goodbye", EVERYBODY));
        project.up(STACK).succeeded();
    }

    @Test
    @Order(11)
    void whoseAddressIsNotAllowedIsTurnedAway() {
        project.withApplication(application("/busybox true", "goodbye", "203.0.113.0/24"));
        project.up(STACK).succeeded();
        // The gateway reads its routes a moment after the API server has them.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                curl("-o", "/dev/null", "-w", "%{http_code}", "https://pr-541.preview.example.com/")
                                        .succeeded()
                                        .output())
                        .isEqualTo("403"));
    }

    @Test
    @Order(12)
    void aSecretWhoseOwnerDoesNotAllowItIsNotCopied() {
        clouds.kubernetes
                .secrets()
                .inNamespace("default")
                .withName("stripe")
                .edit(secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .removeFromLabels("ephemera.dev/copied-by")
                        .endMetadata()
                        .build());
        assertThat(project.up(STACK).failed().output())
                .contains(
                        "Secret default/stripe may not be copied into previews: want its label ephemera.dev/copied-by=shop");
    }

    @Test
    @Order(13)
    void whereASecretIsRefusedNothingIsMade() {
        project.withApplication("""
                workloads:
                  web: {%s, command: [/busybox, sleep, "600"], env: {TOKEN: {secret: stripe, key: token}}}
                secrets: {stripe: {namespace: default, name: stripe}}
                dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
                aws: {region: eu-west-1}
                """.formatted(SHELL));
        project.pulumi("stack", "select", "--create", "pr-542").succeeded();
        assertThat(project.up("pr-542").failed().output()).contains("Secret default/stripe may not be copied");
        assertThat(clouds.namespace("pr-542")).isEmpty();
        project.destroy("pr-542").succeeded();
    }

    @Test
    @Order(14)
    void afterDestroyNothingIsLeft() {
        project.destroy(STACK).succeeded();
        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(clouds.instances(STACK)).isEmpty();
        assertThat(clouds.records(STACK)).isEmpty();
    }
}
