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

/** How workloads are reached from outside, and by whom. */
class ExposedRouteTest {
    private static final String ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
    private static final String RECORD = "aws:route53/record:Record";
    private static final Snapshot NONE = new Snapshot(
            "unused", "available", true, "postgres", "18.6", true, 20, Instant.parse("2026-11-24T00:00:00Z"));
    private static final String WEB = "workloads: {web: {image: shop/web, port: 8080, expose: {}}}\n";

    @TempDir
    private Path stacks;

    private final RecordingMocks engine = new RecordingMocks();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private void up(String application, String gateway, String dns) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), application + """
                dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared%s}%s}
                aws: {region: eu-west-1}
                """.formatted(gateway, dns));
        PullRequest.up(engine, ApplicationReader.read(stacks), NONE);
    }

    private void up(String application) throws IOException {
        up(application, "", "");
    }

    private Object rule(String route, String path) {
        return Values.at(engine.declared(ROUTE).get(route), "spec.rules.0." + path);
    }

    @Test
    void searchEnginesAreAskedToLeaveItOut() throws IOException {
        up(WEB);
        assertThat(rule("web-route", "filters"))
                .isEqualTo(List.of(Map.of(
                        "type",
                        "ResponseHeaderModifier",
                        "responseHeaderModifier",
                        Map.of("set", List.of(Map.of("name", "X-Robots-Tag", "value", "noindex"))))));
    }

    @Test
    void theyAreNotWhereTheApplicationSaysSo() throws IOException {
        up(WEB + "access: {noindex: false}\n");
        assertThat(rule("web-route", "filters")).isEqualTo(List.of());
    }

    @Test
    void aFilterOfTheTeamsOwnIsReferredTo() throws IOException {
        up(WEB + "access: {filter: {group: traefik.io, kind: Middleware, name: sign-in}}\n");
        assertThat(rule("web-route", "filters.1"))
                .isEqualTo(Map.of(
                        "type",
                        "ExtensionRef",
                        "extensionRef",
                        Map.of("group", "traefik.io", "kind", "Middleware", "name", "sign-in")));
    }

    @Test
    void traefikIsGivenTheAddressesThatMayComeInBeforeThereIsARoute() throws IOException {
        engine.delay("web-allowed");
        up(WEB + "access: {cidrs: [203.0.113.0/24]}\n", ", controller: traefik", "");
        assertThat(Values.at(
                        engine.declared("kubernetes:traefik.io/v1alpha1:Middleware")
                                .get("web-allowed"),
                        "spec.ipAllowList.sourceRange"))
                .isEqualTo(List.of("203.0.113.0/24"));
        assertThat(rule("web-route", "filters.1.extensionRef.name")).isEqualTo("web");
        var events = engine.events();
        assertThat(events.indexOf("asked for web-route " + ROUTE))
                .isGreaterThan(events.indexOf("made web-allowed kubernetes:traefik.io/v1alpha1:Middleware"));
    }

    @Test
    void envoyIsGivenAPolicyForTheRoute() throws IOException {
        up(WEB + "access: {cidrs: [203.0.113.0/24]}\n", ", controller: envoy", "");
        var policy = engine.declared("kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy")
                .get("web-allowed");
        assertThat(Values.at(policy, "spec.targetRefs.0.name")).isEqualTo("web");
        assertThat(Values.at(policy, "spec.authorization.defaultAction")).isEqualTo("Deny");
        assertThat(Values.at(policy, "spec.authorization.rules.0.principal.clientCIDRs"))
                .isEqualTo(List.of("203.0.113.0/24"));
        assertThat(rule("web-route", "filters")).asString().doesNotContain("ExtensionRef");
    }

    @Test
    void envoysPolicyLeavesInForceWhatTheGatewaysOwnAsksFor() throws IOException {
        up(WEB + "access: {cidrs: [203.0.113.0/24]}\n", ", controller: envoy", "");
        assertThat(Values.at(
                        engine.declared("kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy")
                                .get("web-allowed"),
                        "spec.mergeType"))
                .isEqualTo("StrategicMerge");
    }

    @Test
    void aWorkloadUnderAnothersHostHasARouteThereAndNoRecordOfItsOwn() throws IOException {
        up("""
                workloads:
                  web: {image: shop/web, port: 8080, expose: {}}
                  api: {image: shop/api, port: 8080, expose: {path: /api, under: web}}
                """);
        assertThat(Values.at(engine.declared(ROUTE).get("api-route"), "spec.hostnames"))
                .isEqualTo(List.of("pr-7.preview.example.com"));
        assertThat(rule("api-route", "matches.0.path.value")).isEqualTo("/api");
        assertThat(engine.declared(RECORD)).containsOnlyKeys("web-dns", "web-dns-owner");
    }

    @Test
    void theFrontDoorIsTheOneThatSaysSo() throws IOException {
        up("""
                workloads:
                  web: {image: shop/web, port: 8080, expose: {primary: false}}
                  shop: {image: shop/shop, port: 8080, expose: {path: /shop, primary: true}}
                """);
        assertThat(Values.at(engine.declared(ROUTE).get("shop-route"), "spec.hostnames"))
                .isEqualTo(List.of("pr-7.preview.example.com"));
        assertThat(Values.at(engine.declared(ROUTE).get("web-route"), "spec.hostnames"))
                .isEqualTo(List.of("pr-7--web.preview.example.com"));
    }

    @Test
    void aTargetThatIsGivenIsTakenAndTheGatewayIsNotAsked() throws IOException {
        up(WEB, "", ", target: 192.0.2.7");
        assertThat(engine.declared(RECORD).get("web-dns"))
                .containsEntry("type", "A")
                .containsEntry("records", List.of("192.0.2.7"))
                .containsEntry("ttl", 60.0);
        assertThat(engine.declared("kubernetes:gateway.networking.k8s.io/v1:Gateway"))
                .isEmpty();
    }

    @Test
    void withoutOneTheRecordLeadsWhereTheGatewaysStatusSays() throws IOException {
        up(WEB);
        assertThat(engine.declared(RECORD).get("web-dns"))
                .containsEntry("type", "CNAME")
                .containsEntry("records", List.of("lb.example.com"));
    }
}
