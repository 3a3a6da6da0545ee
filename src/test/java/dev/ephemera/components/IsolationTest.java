package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is declared around an environment, by an application with two workloads of which one is exposed. */
class IsolationTest {
    private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    private static final List<Object> OWN_NAMESPACE = List.of(Map.of("podSelector", Map.of()));
    private static final Snapshot MASKED = new Snapshot(
            "shop-orders-masked",
            "available",
            true,
            "postgres",
            "16.4",
            true,
            20,
            Instant.parse("2026-11-24T00:00:00Z"));

    @TempDir
    private Path stacks;

    private final RecordingMocks engine = new RecordingMocks();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private void up() throws IOException {
        up("", "");
    }

    private void up(String ofTheGateway, String more) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), """
                workloads:
                  web: {image: shop/web, port: 8080, expose: {path: /}, runAsUser: 1000}
                  api: {image: shop/api, port: 9090, databases: [orders]}
                databases:
                  orders:
                    {engine: postgres, instanceClass: db.t4g.micro, subnetGroup: private, database: orders,
                     username: app, snapshot: {source: shop-orders}}
                jobs:
                  migrate: {image: shop/api, databases: [orders], before: [api], runAsUser: 1001}
                dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared%s}}
                aws: {region: eu-west-1}
                %s
                """.formatted(ofTheGateway, more));
        PullRequest.up(engine, ApplicationReader.read(stacks), MASKED);
    }

    private Object policy(String name, String path) {
        return Values.at(engine.declared(POLICY).get(name), path);
    }

    private Object ofDeployment(String name, String path) {
        return Values.at(engine.declared("kubernetes:apps/v1:Deployment").get(name), "spec.template." + path);
    }

    private Object ofJob(String path) {
        return Values.at(engine.declared("kubernetes:batch/v1:Job").get("migrate"), "spec.template." + path);
    }

    @Test
    void theNamespaceEnforcesRestrictedPodsOfAPinnedVersion() throws IOException {
        up();
        assertThat(Values.at(engine.declared("kubernetes:core/v1:Namespace").get("namespace"), "metadata.labels"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .hasEntrySatisfying(
                        "pod-security.kubernetes.io/enforce-version",
                        version -> assertThat(version).asString().matches("v1\\.[0-9]+"));
    }

    @Test
    void everyPodIsWhatRestrictedAsksFor() throws IOException {
        up();
        for (var pod : List.of(ofDeployment("web", "spec"), ofDeployment("api", "spec"), ofJob("spec"))) {
            assertThat(Values.at(pod, "securityContext.runAsNonRoot")).isEqualTo(true);
            assertThat(Values.at(pod, "securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
            assertThat(Values.at(pod, "containers.0.securityContext.allowPrivilegeEscalation"))
                    .isEqualTo(false);
            assertThat(Values.at(pod, "containers.0.securityContext.capabilities.drop"))
                    .isEqualTo(List.of("ALL"));
        }
    }

    @Test
    void aContainerRunsAsTheUserThatIsAskedForOrAsItsImages() throws IOException {
        up();
        assertThat(ofDeployment("web", "spec.securityContext.runAsUser")).isEqualTo(1000.0);
        assertThat(ofDeployment("api", "spec.securityContext.runAsUser")).isNull();
        assertThat(ofJob("spec.securityContext.runAsUser")).isEqualTo(1001.0);
    }

    @Test
    void theQuotaFollowsFromWhatIsDeclaredAndAllowsNothingThatAwsWouldMake() throws IOException {
        up();
        assertThat(Values.at(engine.declared("kubernetes:core/v1:ResourceQuota").get("quota"), "spec.hard"))
                .isEqualTo(Map.of(
                        "pods", "20",
                        "requests.cpu", "2",
                        "requests.memory", "2560Mi",
                        "limits.memory", "2560Mi",
                        "services.loadbalancers", "0",
                        "services.nodeports", "0",
                        "persistentvolumeclaims", "0"));
    }

    @Test
    void aPodOfSomebodyElsesIsGivenTheDefaultSizes() throws IOException {
        up();
        assertThat(Values.at(engine.declared("kubernetes:core/v1:LimitRange").get("limits"), "spec.limits"))
                .isEqualTo(List.of(Map.of(
                        "type",
                        "Container",
                        "defaultRequest",
                        Map.of("cpu", "100m", "memory", "128Mi"),
                        "default",
                        Map.of("memory", "128Mi"))));
    }

    @Test
    void allPodsAreDeniedEverythingButEachOtherAndNameServers() throws IOException {
        up();
        assertThat(policy("border", "spec.podSelector")).isEqualTo(Map.of());
        assertThat(policy("border", "spec.policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
        assertThat(policy("border", "spec.ingress")).isEqualTo(List.of(Map.of("from", OWN_NAMESPACE)));
        assertThat(policy("border", "spec.egress.0")).isEqualTo(Map.of("to", OWN_NAMESPACE));
        assertThat(policy("border", "spec.egress.1.ports"))
                .isEqualTo(List.of(Map.of("protocol", "UDP", "port", 53.0), Map.of("protocol", "TCP", "port", 53.0)));
        assertThat(policy("border", "spec.egress.1.to"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .contains(Map.of(
                        "namespaceSelector",
                        Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "kube-system")),
                        "podSelector",
                        Map.of("matchLabels", Map.of("k8s-app", "kube-dns"))))
                .doesNotContain(Map.of("ipBlock", Map.of("cidr", "0.0.0.0/0")));
        assertThat(policy("border", "spec.egress"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void furtherEgressIsWhatTheApplicationDeclares() throws IOException {
        up("", "egress: [{cidr: 203.0.113.0/24, port: 443}]");
        assertThat(policy("border", "spec.egress.2"))
                .isEqualTo(Map.of(
                        "to", List.of(Map.of("ipBlock", Map.of("cidr", "203.0.113.0/24"))),
                        "ports", List.of(Map.of("protocol", "TCP", "port", 443.0))));
    }

    @Test
    void theGatewaysNamespaceReachesThePortOfWhatIsExposedAndNothingElse() throws IOException {
        up();
        assertThat(engine.declared(POLICY)).containsOnlyKeys("border", "orders-egress", "web-from-gateway");
        assertThat(policy("web-from-gateway", "spec.policyTypes")).isEqualTo(List.of("Ingress"));
        assertThat(policy("web-from-gateway", "spec.podSelector.matchLabels"))
                .isEqualTo(Values.at(
                        engine.declared("kubernetes:apps/v1:Deployment").get("web"), "spec.selector.matchLabels"));
        assertThat(policy("web-from-gateway", "spec.ingress"))
                .isEqualTo(List.of(Map.of(
                        "from",
                        List.of(Map.of(
                                "namespaceSelector",
                                Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "gateway")))),
                        "ports",
                        List.of(Map.of("protocol", "TCP", "port", 8080.0)))));
    }

    @Test
    void aGatewayWhosePodsOrAddressesAreElsewhereReachesItFromThere() throws IOException {
        up(", from: {namespace: envoy-gateway-system, cidrs: [10.0.64.0/20]}", "");
        assertThat(policy("web-from-gateway", "spec.ingress.0.from"))
                .isEqualTo(List.of(
                        Map.of(
                                "namespaceSelector",
                                Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "envoy-gateway-system"))),
                        Map.of("ipBlock", Map.of("cidr", "10.0.64.0/20"))));
    }

    @Test
    void onlyPodsThatUseADatabaseReachItsSubnetsAndOnlyOnItsPort() throws IOException {
        up();
        assertThat(policy("orders-egress", "spec"))
                .isEqualTo(Map.of(
                        "podSelector", Map.of("matchLabels", Map.of("ephemera.dev/database-orders", "true")),
                        "policyTypes", List.of("Egress"),
                        "egress",
                                List.of(Map.of(
                                        "to",
                                        List.of(
                                                Map.of("ipBlock", Map.of("cidr", "10.0.1.0/24")),
                                                Map.of("ipBlock", Map.of("cidr", "10.0.2.0/24"))),
                                        "ports",
                                        List.of(Map.of("protocol", "TCP", "port", 5432.0))))));
        for (var labels : List.of(ofDeployment("api", "metadata.labels"), ofJob("metadata.labels"))) {
            assertThat(labels)
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("ephemera.dev/database-orders", "true");
        }
        assertThat(ofDeployment("web", "metadata.labels"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .doesNotContainKey("ephemera.dev/database-orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quota", "limits", "border"})
    void nothingIsAskedForInTheNamespaceBeforeItIsIsolated(String part) throws IOException {
        engine.delay(part);
        up();
        for (var later : List.of("web", "api", "migrate", "web-service", "web-route", "orders-secret")) {
            assertIsAskedForAfter(later, part);
        }
    }

    @Test
    void whatSaysHowToReachADatabaseIsThereOnlyWhenItCanBeReached() throws IOException {
        engine.delay("orders-egress");
        up();
        assertIsAskedForAfter("orders-secret", "orders-egress");
    }

    private void assertIsAskedForAfter(String later, String earlier) {
        var events = engine.events();
        assertThat(indexOf(events, "asked for " + later)).as(later).isGreaterThan(indexOf(events, "made " + earlier));
    }

    private static int indexOf(List<String> events, String event) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).startsWith(event + " kubernetes:")) {
                return i;
            }
        }
        throw new AssertionError("\"" + event + "\" is not in " + events);
    }

    @Test
    void wherePodsHaveSecurityGroupsOnlyThoseThatUseADatabaseReachIt() throws IOException {
        engine.delay("orders-pods-policy");
        up("", "cluster: {podSecurityGroup: sg-0123456789abcdef0}");

        var rules = engine.declared("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
        assertThat(rules).containsOnlyKeys("orders-access-from-pods");
        assertThat(rules.get("orders-access-from-pods"))
                .containsEntry("referencedSecurityGroupId", "orders-pods-id")
                .doesNotContainKey("cidrIpv4");
        assertThat(Values.at(
                        engine.declared("kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy")
                                .get("orders-pods-policy"),
                        "spec.securityGroups.groupIds"))
                .isEqualTo(List.of("sg-0123456789abcdef0", "orders-pods-id"));
        var events = engine.events();
        assertThat(events.indexOf("asked for api kubernetes:apps/v1:Deployment"))
                .as("a pod gets its security groups when it is made")
                .isGreaterThan(events.indexOf(
                        "made orders-pods-policy kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy"));
    }
}
