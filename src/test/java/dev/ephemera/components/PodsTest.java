package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.Snapshot;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.naming.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application says of its pods, as the cluster is asked for it. */
class PodsTest {
    private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
    private static final String JOB = "kubernetes:batch/v1:Job";
    private static final String POD = "spec.template.spec.";
    private static final String CONTAINER = POD + "containers.0.";
    private static final Snapshot MASKED = new Snapshot(
            "shop-orders-masked",
            "available",
            true,
            "postgres",
            "18.6",
            true,
            20,
            Instant.parse("2026-11-24T00:00:00Z"));

    private static final String REST = """
            databases:
              orders:
                engine: postgres
                instanceClass: db.t4g.micro
                subnetGroup: private
                database: orders
                username: app
                snapshot: {source: shop-orders}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    @TempDir
    private Path stacks;

    private RecordingMocks engine = new RecordingMocks();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private void up(String application) throws IOException {
        up(application, REST);
    }

    private void up(String application, String rest) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), application + rest);
        PullRequest.up(engine, ApplicationReader.read(stacks), MASKED);
    }

    private Object web(String path) {
        return Values.at(engine.declared(DEPLOYMENT).get("web"), path);
    }

    @Test
    void aContainersOwnWordsReplaceTheImages() throws IOException {
        up("workloads: {web: {image: shop/web, command: [serve], args: [--port, \"80\"]}}\n");
        assertThat(web(CONTAINER + "command")).isEqualTo(List.of("serve"));
        assertThat(web(CONTAINER + "args")).isEqualTo(List.of("--port", "80"));
    }

    @Test
    void variablesKeepTheFilesOrderBehindWhatEveryContainerIsTold() throws IOException {
        up("workloads: {web: {image: shop/web, env: {Z: a, A: $(Z)b}}}\n");
        assertThat(web(CONTAINER + "env"))
                .isEqualTo(List.of(
                        Map.of("name", "EPHEMERA_STACK", "value", "pr-7"),
                        Map.of("name", "Z", "value", "a"),
                        Map.of("name", "A", "value", "$(Z)b")));
    }

    @Test
    void addressesOfWorkloadsAreThoseInsideAndThoseOfABrowser() throws IOException {
        up("""
                workloads:
                  web:
                    image: shop/web
                    env: {API: {workload: api}, BROKER: {workload: events, scheme: nats}, HERE: {url: api}}
                  api: {image: shop/api, port: 8080, expose: {path: /api}}
                  events: {image: nats, port: 4222}
                """);
        assertThat(web(CONTAINER + "env"))
                .asString()
                .contains("value=http://api:8080")
                .contains("value=nats://events:4222")
                .contains("value=https://pr-7--api.preview.example.com/api");
    }

    @Test
    void aFieldOfADatabaseComesUnderAChosenNameFromTheSecretThatThePodWaitsFor() throws IOException {
        up("workloads: {web: {image: shop/web, env: {PGHOST: {database: orders, field: host}}}}\n");
        assertThat(web(CONTAINER + "env.1"))
                .isEqualTo(Map.of(
                        "name",
                        "PGHOST",
                        "valueFrom",
                        Map.of("secretKeyRef", Map.of("name", "orders", "key", "ORDERS_HOST"))));
        assertThat(web("spec.template.metadata.labels")).asString().contains("ephemera.dev/database-orders");
    }

    @Test
    void behindAJobThatSecretIsTheGates() throws IOException {
        up("""
                workloads: {web: {image: shop/web, env: {URL: {database: orders, field: url}}}}
                jobs: {migrate: {image: shop/api, databases: [orders], before: [web]}}
                """);
        var gate = web(CONTAINER + "envFrom.0.secretRef.name");
        assertThat(gate).asString().startsWith("web-");
        assertThat(web(CONTAINER + "env.1.valueFrom.secretKeyRef"))
                .isEqualTo(Map.of("name", gate, "key", "ORDERS_URL"));
    }

    @Test
    void aKeyOfASecretThatIsThereAlreadyIsReadWhereItIs() throws IOException {
        up("workloads: {web: {image: shop/web, env: {TOKEN: {secret: stripe, key: token}}}}\n");
        assertThat(web(CONTAINER + "env.1.valueFrom.secretKeyRef")).isEqualTo(Map.of("name", "stripe", "key", "token"));
    }

    @Test
    void aDatabasesSecretHoldsItsUrlWithUserAndDatabaseEncoded() throws IOException {
        up(
                "workloads: {web: {image: shop/web, databases: [orders]}}\n",
                REST.replace("username: app", "username: a@b c/d").replace("database: orders", "database: o?rders#1"));
        assertThat(Values.at(
                        engine.declared("kubernetes:core/v1:Secret").get("orders-secret"), "stringData.ORDERS_URL"))
                .asString()
                .matches("postgresql://a%40b%20c%2Fd:[a-z0-9]+@orders\\.internal:5432/o%3Frders%231");
    }

    @Test
    void readinessIsAConnectionWhereNothingIsSaid() throws IOException {
        up("workloads: {web: {image: shop/web, port: 8080}, quiet: {image: shop/quiet}}\n");
        assertThat(web(CONTAINER + "readinessProbe")).asString().contains("tcpSocket={port=8080.0}");
        assertThat(web(CONTAINER + "livenessProbe")).isNull();
        assertThat(Values.at(engine.declared(DEPLOYMENT).get("quiet"), CONTAINER + "readinessProbe"))
                .isNull();
    }

    @Test
    void probesAreWhatTheApplicationSays() throws IOException {
        up("""
                workloads:
                  web:
                    image: shop/web
                    port: 8080
                    probes:
                      readiness: {path: /ready, port: 9090}
                      liveness: {command: [check], failureThreshold: 5}
                      startup: {periodSeconds: 7, timeoutSeconds: 3}
                """);
        assertThat(web(CONTAINER + "readinessProbe"))
                .asString()
                .contains("httpGet={path=/ready, port=9090.0}")
                .contains("periodSeconds=2.0");
        assertThat(web(CONTAINER + "livenessProbe"))
                .asString()
                .contains("exec={command=[check]}")
                .contains("periodSeconds=10.0")
                .contains("failureThreshold=5.0");
        assertThat(web(CONTAINER + "startupProbe"))
                .asString()
                .contains("tcpSocket={port=8080.0}")
                .contains("periodSeconds=7.0")
                .contains("timeoutSeconds=3.0");
    }

    @Test
    void initContainersRunInTheFilesOrderAndShareWhatIsMountedAtTheSamePath() throws IOException {
        up("""
                workloads:
                  web:
                    image: shop/web
                    volumes: {/data: {emptyDir: {sizeLimit: 64Mi}}}
                    initContainers:
                      second: {image: shop/b, volumes: {/data: {emptyDir: {sizeLimit: 64Mi}}}}
                      first: {image: shop/a, volumes: {/tmp: {emptyDir: {}}}}
                """);
        assertThat(web(POD + "initContainers.0.name")).isEqualTo("second");
        assertThat(web(POD + "initContainers.1.name")).isEqualTo("first");
        assertThat(web(POD + "volumes"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(web(CONTAINER + "volumeMounts.0.name")).isEqualTo(web(POD + "initContainers.0.volumeMounts.0.name"));
        assertThat(web(POD + "volumes.0.emptyDir.sizeLimit")).isEqualTo("64Mi");
        assertThat(web(POD + "initContainers.0.securityContext.allowPrivilegeEscalation"))
                .isEqualTo(false);
    }

    @Test
    void initContainersWaitForTheGateToo() throws IOException {
        up("""
                workloads: {web: {image: shop/web, initContainers: {fetch: {image: shop/a}}}}
                jobs: {migrate: {image: shop/api, before: [web]}}
                """);
        assertThat(web(POD + "initContainers.0.envFrom")).isEqualTo(web(CONTAINER + "envFrom"));
    }

    @Test
    void otherContentOfAConfigMapGivesItAnotherNameThatThePodsFollow() throws IOException {
        var application = """
                workloads: {web: {image: shop/web, volumes: {/etc/app: {configMap: settings}, /etc/ca: {configMap: trust}}}}
                configMaps: {settings: {app.properties: "%s"}}
                """;
        up(application.formatted("a=1"));
        var first = web(POD + "volumes.0.configMap.name");
        assertThat(first).asString().startsWith("settings-");
        assertThat(Values.at(engine.declared("kubernetes:core/v1:ConfigMap").get("settings-config"), "metadata.name"))
                .isEqualTo(first);
        assertThat(web(POD + "volumes.1.configMap.name")).as("somebody else's").isEqualTo("trust");
        assertThat(web(CONTAINER + "volumeMounts.0.readOnly")).isEqualTo(true);

        engine = new RecordingMocks();
        up(application.formatted("a=2"));
        assertThat(web(POD + "volumes.0.configMap.name")).isNotEqualTo(first);
    }

    @Test
    void aSecretIsMountedAndSaysHowToPull() throws IOException {
        up(
                "workloads: {web: {image: shop/web, imagePullSecrets: [registry], volumes: {/run/stripe: {secret: stripe}}}}\n");
        assertThat(web(POD + "imagePullSecrets")).isEqualTo(List.of(Map.of("name", "registry")));
        assertThat(web(POD + "volumes.0.secret.secretName")).isEqualTo("stripe");
    }

    @Test
    void aSecretOfTheClusterIsCopied() throws IOException {
        upWithRegistry("secrets: {registry: {namespace: shared, name: registry}}\n");
        assertThat(engine.declared("kubernetes:core/v1:Secret").get("registry-copy"))
                .asString()
                .contains("dG9rZW4=")
                .contains("name=registry")
                .contains("kubernetes.io/dockerconfigjson");
    }

    @Test
    void podsAreAskedForWhenTheCopiedSecretsThatTheyMayReadAreThere() throws IOException {
        engine.delay("registry-copy");
        upWithRegistry("""
                workloads: {web: {image: shop/web}}
                jobs: {migrate: {image: shop/api}}
                secrets: {registry: {namespace: shared, name: registry}}
                """);
        var made = engine.events().indexOf("made registry-copy kubernetes:core/v1:Secret");
        assertThat(engine.events().indexOf("asked for web " + DEPLOYMENT)).isGreaterThan(made);
        assertThat(engine.events().indexOf("asked for migrate " + JOB)).isGreaterThan(made);
        assertThat(made).isPositive();
    }

    private void upWithRegistry(String application) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), application + REST);
        PullRequest.up(
                engine,
                ApplicationReader.read(stacks),
                MASKED,
                Map.of(
                        new Key("registry"),
                        new SourceSecret(Map.of(), "kubernetes.io/dockerconfigjson", Map.of("token", "dG9rZW4="))));
    }

    @Test
    void whoAPodIsTowardsAwsIsAServiceAccountOfItsOwn() throws IOException {
        up("""
                workloads:
                  web:
                    image: shop/web
                    serviceAccount:
                      annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/web"}
                  api:
                    image: shop/api
                    serviceAccount: {podIdentity: {cluster: previews, role: "arn:aws:iam::123456789012:role/api"}}
                """);
        assertThat(web(POD + "serviceAccountName")).isEqualTo("web");
        assertThat(web(POD + "automountServiceAccountToken")).isEqualTo(false);
        assertThat(Values.at(
                        engine.declared("kubernetes:core/v1:ServiceAccount").get("web-identity"),
                        "metadata.annotations"))
                .isEqualTo(Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/web"));
        assertThat(engine.declared("aws:eks/podIdentityAssociation:PodIdentityAssociation"))
                .containsOnlyKeys("api-pod-identity")
                .allSatisfy((name, association) -> assertThat(association)
                        .containsEntry("clusterName", "previews")
                        .containsEntry("serviceAccount", "api")
                        .containsEntry("roleArn", "arn:aws:iam::123456789012:role/api"));
    }

    @Test
    void theGateWaitsForJobsThatItsJobsComeAfter() throws IOException {
        var application = """
                workloads: {web: {image: shop/web}}
                jobs:
                  seed: {image: shop/seed, after: [migrate], before: [web]}
                  migrate: {image: "shop/api:%s", databases: [orders]}
                """;
        up(application.formatted("1"));
        var gate = web(CONTAINER + "envFrom.0.secretRef.name");
        var asked = engine.events();
        assertThat(asked.indexOf("asked for migrate " + JOB)).isBetween(0, asked.indexOf("asked for seed " + JOB));

        engine = new RecordingMocks();
        up(application.formatted("2"));
        assertThat(web(CONTAINER + "envFrom.0.secretRef.name")).isNotEqualTo(gate);
    }

    @Test
    void aJobStartsWhenTheJobsItComesAfterHaveSucceeded() throws IOException {
        engine.delay("migrate");
        up("""
                jobs:
                  seed: {image: shop/seed, after: [migrate]}
                  migrate: {image: shop/api}
                """);
        var events = engine.events();
        assertThat(events.indexOf("asked for seed " + JOB))
                .isGreaterThan(events.lastIndexOf("made migrate " + JOB))
                .isPositive();
    }

    @Test
    void whateverAJobsPodIsMadeOfMakesItRunAgain() throws IOException {
        var runs = new java.util.HashSet<Object>();
        for (var job : List.of(
                "{image: a}",
                "{image: b}",
                "{image: a, command: [x]}",
                "{image: a, args: [x]}",
                "{image: a, env: {A: x}}",
                "{image: a, env: {A: {secret: s, key: x}}}",
                "{image: a, runAsUser: 7}",
                "{image: a, resources: {cpu: 1m}}",
                "{image: a, volumes: {/x: {emptyDir: {}}}}",
                "{image: a, volumes: {/x: {emptyDir: {}}, /y: {configMap: c}}}",
                "{image: a, volumes: {/y: {configMap: c}, /x: {emptyDir: {}}}}",
                "{image: a, env: {A: x, B: x}}",
                "{image: a, env: {B: x, A: x}}",
                "{image: a, initContainers: {x: {image: a}}}",
                "{image: a, imagePullSecrets: [x]}",
                "{image: a, serviceAccount: {}}",
                "{image: a, databases: [orders]}")) {
            engine = new RecordingMocks();
            up("jobs: {migrate: %s}\n".formatted(job));
            runs.add(Values.at(engine.declared(JOB).get("migrate"), "spec.template.metadata.annotations"));
        }
        assertThat(runs).hasSize(17);
    }

    @Test
    void whatAContainerSaidLastStandsInItsStatus() throws IOException {
        up("jobs: {migrate: {image: shop/api}}\n");
        assertThat(Values.at(engine.declared(JOB).get("migrate"), CONTAINER + "terminationMessagePolicy"))
                .isEqualTo("FallbackToLogsOnError");
    }
}
