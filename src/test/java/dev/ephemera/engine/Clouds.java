package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What the API server and AWS say, asked with clients of the tests' own: nothing of the program under test is used. */
final class Clouds implements AutoCloseable {
    private static final ResourceDefinitionContext HTTP_ROUTE = new ResourceDefinitionContext.Builder()
            .withGroup("gateway.networking.k8s.io")
            .withVersion("v1")
            .withKind("HTTPRoute")
            .withPlural("httproutes")
            .withNamespaced(true)
            .build();

    final KubernetesClient kubernetes;
    final RdsClient rds;
    final Ec2Client ec2;
    final Route53Client route53;

    Clouds() {
        this(TestSandbox.SHARED);
    }

    Clouds(TestSandbox sandbox) {
        var environment = sandbox.environment();
        kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(environment.get("KUBECONFIG"))))
                .build();
        rds = client(RdsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), environment);
        ec2 = client(Ec2Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), environment);
        route53 = client(Route53Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), environment);
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, Map<String, String> environment) {
        return builder.region(Region.of(environment.get("AWS_REGION")))
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .build();
    }

    /** The namespace whose label names {@code stack}; empty when there is none. */
    Optional<String> namespace(String stack) {
        var found = kubernetes
                .namespaces()
                .withLabel("ephemera.dev/stack", stack)
                .list()
                .getItems();
        return found.stream()
                .map(namespace -> namespace.getMetadata().getName())
                .findFirst();
    }

    Map<String, Deployment> deployments(String namespace) {
        var deployments = new TreeMap<String, Deployment>();
        kubernetes
                .apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(deployment -> deployments.put(deployment.getMetadata().getName(), deployment));
        return deployments;
    }

    String image(String namespace, String deployment) {
        return deployments(namespace)
                .get(deployment)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getMetadata().getName())
                .sorted()
                .toList();
    }

    List<String> services(String namespace) {
        return names(kubernetes.services().inNamespace(namespace).list().getItems());
    }

    List<String> secrets(String namespace) {
        return names(kubernetes.secrets().inNamespace(namespace).list().getItems());
    }

    List<String> routes(String namespace) {
        return names(kubernetes
                .genericKubernetesResources(HTTP_ROUTE)
                .inNamespace(namespace)
                .list()
                .getItems());
    }

    /** Kind, name, uid and generation of each object of the namespace that the program could have touched. */
    List<String> identities(String namespace) {
        return Stream.of(
                        kubernetes
                                .apps()
                                .deployments()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        kubernetes.services().inNamespace(namespace).list().getItems(),
                        kubernetes.secrets().inNamespace(namespace).list().getItems(),
                        kubernetes
                                .batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        kubernetes
                                .genericKubernetesResources(HTTP_ROUTE)
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .map(object -> "%s %s %s %s"
                        .formatted(
                                object.getKind(),
                                object.getMetadata().getName(),
                                object.getMetadata().getUid(),
                                object.getMetadata().getGeneration()))
                .sorted()
                .toList();
    }

    /** The instances that carry the tag of {@code stack}. */
    List<DBInstance> instances(String stack) {
        return rds.describeDBInstances().dbInstances().stream()
                .filter(instance -> instance.tagList().stream()
                        .anyMatch(tag -> tag.key().equals("ephemera:stack")
                                && tag.value().equals(stack)))
                .toList();
    }

    /** Returns when the instance is available; fails when it is not after a minute. */
    void awaitAvailable(String identifier) {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .get(0)
                .dbInstanceStatus()
                .equals("available")) {
            assertThat(System.nanoTime()).as(identifier + " becomes available").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    List<SecurityGroup> securityGroups(String stack) {
        return ec2.describeSecurityGroups().securityGroups().stream()
                .filter(group -> group.tags().stream()
                        .anyMatch(tag -> tag.key().equals("ephemera:stack")
                                && tag.value().equals(stack)))
                .toList();
    }

    /** Name, type and first value of each record of the sandbox's zone whose name has the label {@code stack} or begins with it. */
    List<String> records(String stack) {
        var zone = route53.listHostedZones().hostedZones().get(0);
        return route53.listResourceRecordSets(request -> request.hostedZoneId(zone.id())).resourceRecordSets().stream()
                .filter(record -> record.name().matches("(_ephemera\\.)?" + stack + "(--[^.]*)?\\..*"))
                .map(Clouds::line)
                .sorted()
                .toList();
    }

    static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String line(ResourceRecordSet record) {
        return "%s %s %s"
                .formatted(
                        record.name(),
                        record.typeAsString(),
                        record.resourceRecords().get(0).value());
    }

    @Override
    public void close() {
        kubernetes.close();
        rds.close();
        ec2.close();
        route53.close();
    }
}
