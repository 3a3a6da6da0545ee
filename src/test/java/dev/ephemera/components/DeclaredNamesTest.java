package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.Snapshot;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.OwnerMarks;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the environment's resources are called outside Pulumi: by whom the name is made, and whether the place takes it. */
class DeclaredNamesTest {
    private static final EnvironmentNames NAMES = new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7"));
    private static final Key ORDERS = new Key("orders");
    private static final String ZONE = "preview.example.com";
    private static final String NAMESPACE = "kubernetes:core/v1:Namespace";
    private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    /** Read, not made. */
    private static final String GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway";

    /** What the provider or the engine calls by a random name where nothing is said, and the property that says it. */
    private static final Map<String, String> NAMED_BY = Map.of(
            "aws:rds/instance:Instance", "identifier",
            "aws:ec2/securityGroup:SecurityGroup", "name",
            "aws:route53/record:Record", "name");

    /** Those that have no name: AWS gives them an identifier and knows them by what they belong to. */
    private static final Set<String> NAMELESS = Set.of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");

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

    private void up(ApplicationSpec application) {
        PullRequest.up(engine, application, MASKED);
    }

    private void upTheSample() {
        up(ApplicationReader.read(Path.of("stacks")));
    }

    private Set<String> madeInAws() {
        return engine.types().stream().filter(type -> type.startsWith("aws:")).collect(Collectors.toSet());
    }

    private Set<String> madeInTheCluster() {
        return engine.types().stream()
                .filter(type -> type.startsWith("kubernetes:") && !type.equals(GATEWAY))
                .collect(Collectors.toSet());
    }

    private Set<String> names(String type, String path) {
        return engine.declared(type).values().stream()
                .map(inputs -> Objects.requireNonNull(Values.at(inputs, path), type + " without " + path))
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyNameInAwsIsMadeByEnvironmentNames() {
        upTheSample();
        var front = NAMES.hostLabel(Optional.empty(), false) + "." + ZONE;
        var api = NAMES.hostLabel(Optional.of(new Key("api")), false) + "." + ZONE;
        var physical = Set.of(NAMES.physical(ORDERS));
        var made = Map.of(
                "aws:rds/instance:Instance", physical,
                "aws:ec2/securityGroup:SecurityGroup", physical,
                "aws:route53/record:Record",
                        Set.of(front, api, OwnerMarks.recordName(front), OwnerMarks.recordName(api)));
        made.forEach((type, names) ->
                assertThat(names(type, NAMED_BY.get(type))).as(type).isEqualTo(names));
    }

    @Test
    void nothingInAwsIsOfATypeOfWhichNobodyHasSaidWhatNamesIt() {
        upTheSample();
        var known = new TreeSet<>(NAMED_BY.keySet());
        known.addAll(NAMELESS);
        assertThat(madeInAws()).isEqualTo(known);
    }

    @Test
    void theOneNameBeyondTheNamespaceInTheClusterIsItsOwnAndItIsMadeByEnvironmentNames() {
        upTheSample();
        assertThat(names(NAMESPACE, "metadata.name")).containsExactly(NAMES.namespace());
        assertThat(madeInTheCluster())
                .contains(NAMESPACE, POLICY)
                .filteredOn(type -> !type.equals(NAMESPACE))
                .allSatisfy(
                        type -> assertThat(names(type, "metadata.namespace")).containsExactly(NAMES.namespace()));
    }

    @Test
    void nothingIsLeftForAProviderToName() {
        upTheSample();
        // Each has a name, or this throws.
        madeInTheCluster().forEach(type -> names(type, "metadata.name"));
        NAMED_BY.forEach(this::names);
    }

    @Test
    void whatIsInTheNamespaceHasLegalNamesForKeysOfTheMaximumLength() throws IOException {
        var workload = key('w');
        var database = key('d');
        var job = key('j');
        Files.writeString(stacks.resolve("application.yaml"), """
                workloads:
                  %s: {image: shop/web, port: 8080, expose: {path: /api}, databases: [%s]}
                databases:
                  %s:
                    {engine: postgres, instanceClass: db.t4g.micro, subnetGroup: private, database: orders,
                     username: app, snapshot: {source: shop-orders}}
                jobs:
                  %s: {image: shop/api, databases: [%s], before: [%s]}
                configMaps: {%s: {page: hello}}
                dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
                aws: {region: eu-west-1}
                """.formatted(
                        workload, database, database, job, database, workload, key('c')));
        up(ApplicationReader.read(stacks));

        // A label by RFC 1035, because Services want one; policies alone have a dot, so that no key is called like one.
        var label = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";
        assertThat(madeInTheCluster())
                .contains(POLICY, "kubernetes:batch/v1:Job", "kubernetes:core/v1:ConfigMap")
                .allSatisfy(type -> assertThat(names(type, "metadata.name"))
                        .allSatisfy(
                                name -> assertThat(name).matches(type.equals(POLICY) ? label + "[.]" + label : label)));
        assertThat(names("kubernetes:core/v1:Secret", "metadata.name"))
                .hasSize(2)
                .contains(database)
                .anySatisfy(name -> assertThat(name).matches(workload + "-[a-z2-7]{12}"));
        assertThat(names("kubernetes:core/v1:Service", "metadata.name")).containsExactly(workload);
    }

    private static String key(char letter) {
        return String.valueOf(letter).repeat(Key.MAXIMUM_LENGTH);
    }
}
