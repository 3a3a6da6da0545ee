package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.Snapshot;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.OwnerMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the roles in ci/rbac may do in the cluster, and what not, beside the kinds of object that the components declare. */
class ClusterRolesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/ephemera/components");
    /** A class of the SDK for one kind, not what it is made with. */
    private static final Pattern SDK_KIND =
            Pattern.compile("import com\\.pulumi\\.kubernetes\\.([a-z.]+)\\.(v\\w+)\\.([A-Z]\\w*?)(Patch)?;");

    private static final Pattern CUSTOM_KIND = Pattern.compile("\"([a-z0-9.]+)/(v\\w+)\",\\s*\"([A-Z]\\w+)\"");
    private static final Pattern TYPE = Pattern.compile("kubernetes:(.+)/(v\\w+):(\\w+?)(Patch)?");
    private static final List<String> TO_DELETE = List.of("get", "list", "watch", "delete");
    private static final Kind GATEWAY = new Kind("gateway.networking.k8s.io", "gateways");
    private static final Kind STATEFUL_SETS = new Kind("apps", "statefulsets");

    private static final Snapshot MASKED = new Snapshot(
            "shop-orders-masked",
            "available",
            true,
            "postgres",
            "18.6",
            true,
            20,
            Instant.parse("2026-11-24T00:00:00Z"));

    @TempDir
    private Path stacks;

    private ClusterRole preview;
    private ClusterRole sweep;

    /** As RBAC knows it: {@code apps}, {@code deployments}. */
    record Kind(String group, String resource) {
        /** @param group as Pulumi or the API has it: Kubernetes' own have short ones in Pulumi */
        static Kind of(String group, String kind) {
            var lower = kind.toLowerCase(Locale.ROOT);
            var plural = lower.matches(".*[^aeiou]y") ? lower.replaceFirst("y$", "ies") : lower + "s";
            return new Kind(
                    switch (group) {
                        case "core" -> "";
                        case "networking" -> "networking.k8s.io";
                        default -> group;
                    },
                    plural);
        }
    }

    @BeforeEach
    void read() throws IOException {
        preview = ClusterRole.read(Path.of("ci/rbac/preview.yaml"));
        sweep = ClusterRole.read(Path.of("ci/rbac/sweep.yaml"));
    }

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    /** All that there is an optional part for, once for each controller of the Gateway. */
    private Set<Kind> declared() throws IOException {
        var kinds = byName();
        for (var controller : List.of("traefik", "envoy")) {
            var engine = new RecordingMocks();
            Files.writeString(stacks.resolve("application.yaml"), """
                    workloads:
                      web:
                        image: shop/web
                        port: 8080
                        expose: {path: /}
                        databases: [orders]
                        serviceAccount:
                          annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/preview-web"}
                        volumes: {/etc/shop: {configMap: settings}}
                        imagePullSecrets: [registry]
                    databases:
                      orders:
                        engine: postgres
                        instanceClass: db.t4g.micro
                        subnetGroup: private
                        database: orders
                        username: app
                        snapshot: {source: shop-orders}
                    jobs: {migrate: {image: shop/web, databases: [orders], before: [web]}}
                    configMaps: {settings: {greeting: hello}}
                    secrets: {registry: {namespace: shared, name: registry-credentials}}
                    access: {cidrs: [203.0.113.0/24]}
                    dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared, controller: %s}}
                    aws: {region: eu-west-1}
                    cluster: {podSecurityGroup: sg-0123456789abcdef0}
                    """.formatted(controller));
            PullRequest.up(
                    engine,
                    ApplicationReader.read(stacks),
                    MASKED,
                    Map.of(new Key("registry"), new SourceSecret(Map.of(), "Opaque", Map.of())));
            PulumiTest.cleanup();
            for (var type : engine.types()) {
                var matcher = TYPE.matcher(type);
                if (matcher.matches()) {
                    kinds.add(Kind.of(matcher.group(1), matcher.group(3)));
                }
            }
        }
        return kinds;
    }

    private static Set<Kind> byName() {
        return new TreeSet<>(Comparator.comparing(Kind::toString));
    }

    private Set<Kind> made() throws IOException {
        var kinds = declared();
        assertThat(kinds.remove(GATEWAY)).as("the Gateway is read").isTrue();
        return kinds;
    }

    @Test
    void noKindStandsInTheSourcesThatTheseTestsDoNotDeclare() throws IOException {
        var kinds = byName();
        try (var files = Files.list(SOURCES)) {
            for (var file : files.toList()) {
                var text = Files.readString(file);
                for (var pattern : List.of(SDK_KIND, CUSTOM_KIND)) {
                    var matcher = pattern.matcher(text);
                    while (matcher.find()) {
                        if (!matcher.group(3).endsWith("Args")) {
                            kinds.add(Kind.of(matcher.group(1), matcher.group(3)));
                        }
                    }
                }
            }
        }
        assertThat(declared()).hasSizeGreaterThan(14).isEqualTo(kinds);
    }

    @Test
    void previewsMakeChangeAndDeleteEveryKind() throws IOException {
        var verbs = new ArrayList<>(TO_DELETE);
        verbs.addAll(List.of("create", "patch"));
        assertThat(made())
                .allSatisfy(kind -> assertThat(verbs)
                        .as("verbs on %s", kind)
                        .allMatch(verb -> preview.allows(verb, kind.group(), kind.resource())));
    }

    @Test
    void previewsMakeNothingElse() throws IOException {
        var changing = Set.of("create", "update", "delete", "deletecollection", "bind", "escalate", "impersonate");
        var made = made();
        assertThat(preview.rules())
                .filteredOn(rule -> rule.verbs().stream().anyMatch(changing::contains))
                .flatExtracting(ClusterRolesTest::kinds)
                .containsExactlyInAnyOrderElementsOf(made);
        made.add(STATEFUL_SETS);
        assertThat(preview.rules())
                .filteredOn(rule -> rule.verbs().contains("patch"))
                .flatExtracting(ClusterRolesTest::kinds)
                .containsExactlyInAnyOrderElementsOf(made);
    }

    /** The provider awaits a roll-out by looking at all of these; without one it waits until its time is over. */
    @Test
    void previewsSeeWhatARollOutIsAwaitedBy() {
        assertThat(List.of(
                        new Kind("", "pods"),
                        new Kind("", "events"),
                        new Kind("", "persistentvolumeclaims"),
                        new Kind("", "endpoints"),
                        new Kind("apps", "replicasets"),
                        new Kind("discovery.k8s.io", "endpointslices")))
                .allSatisfy(kind -> assertThat(List.of("get", "list", "watch"))
                        .allMatch(verb -> preview.allows(verb, kind.group(), kind.resource())));
        assertThat(preview.allows("get", GATEWAY.group(), GATEWAY.resource())).isTrue();
    }

    @Test
    void sweepsDeleteEveryKindAndMakeNone() throws IOException {
        var made = made();
        assertThat(made)
                .allSatisfy(kind -> assertThat(TO_DELETE)
                        .as("verbs on %s", kind)
                        .allMatch(verb -> sweep.allows(verb, kind.group(), kind.resource())));
        assertThat(sweep.rules())
                .flatExtracting(ClusterRole.Rule::verbs)
                .containsOnly("get", "list", "watch", "delete", "patch");
        made.add(STATEFUL_SETS);
        assertThat(sweep.rules()).flatExtracting(ClusterRolesTest::kinds).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void bothLetWorkloadsSleepAndWakeAndSweepsChangeNothingElse() {
        for (var role : List.of(preview, sweep)) {
            for (var kind : List.of(new Kind("apps", "deployments"), STATEFUL_SETS)) {
                assertThat(List.of("get", "list", "patch"))
                        .allMatch(verb -> role.allows(verb, kind.group(), kind.resource()));
            }
        }
        assertThat(sweep.rules())
                .filteredOn(rule -> rule.verbs().contains("patch"))
                .flatExtracting(ClusterRolesTest::kinds)
                .containsExactlyInAnyOrder(new Kind("apps", "deployments"), STATEFUL_SETS);
    }

    /** {@code *} would be all that is ever installed, and a part behind a slash such as pods/exec more than its object. */
    @Test
    void neitherHasStarsPartsOrRightsOverRights() {
        for (var role : List.of(preview, sweep)) {
            assertThat(role.rules()).allSatisfy(rule -> {
                assertThat(rule.resources()).noneMatch(resource -> resource.contains("*") || resource.contains("/"));
                assertThat(rule.apiGroups()).doesNotContain("*", "rbac.authorization.k8s.io");
                assertThat(rule.verbs()).doesNotContain("*", "bind", "escalate", "impersonate");
            });
        }
    }

    @Test
    void eachIsBoundToTheGroupOfItsName() {
        assertThat(preview.boundTo()).containsExactly("ephemera-preview").containsExactly(preview.name());
        assertThat(sweep.boundTo()).containsExactly("ephemera-sweep").containsExactly(sweep.name());
    }

    /** What it does to a request, only an API server says; that it is about these roles and our label, this. */
    @Test
    void theBoundaryIsAboutBothGroupsAndTheProjectsLabel() throws IOException {
        assertThat(Files.readString(Path.of("ci/rbac/boundary.yaml")))
                .contains("group in ['%s', '%s']".formatted(preview.name(), sweep.name()))
                .contains("each.metadata.labels['%s'] == '${PROJECT}'".formatted(OwnerMarks.LABEL_PROJECT))
                .contains("operations: [CREATE, UPDATE, DELETE]")
                .contains("validationActions: [Deny]");
    }

    private static List<Kind> kinds(ClusterRole.Rule rule) {
        return rule.apiGroups().stream()
                .flatMap(group -> rule.resources().stream().map(resource -> new Kind(group, resource)))
                .toList();
    }
}
