package dev.ephemera.chaos;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Compares clouds and state with what was there before anybody opened a pull request: whatever has come since and is no open
 * pull request's is a leak, with marks or without, and whatever is missing was deleted wrongly. It asks with clients of its own.
 */
final class Checker implements AutoCloseable {
    private static final Pattern CLAIM = Pattern.compile("\"ephemera:project=(\\S+) ephemera:stack=(\\S+)\"");
    private static final String CLAIM_NAME = "_ephemera.";
    private static final Pattern STATE_FILE = Pattern.compile("(?:^|.*/)(pr-\\d+)(?:[./].*|$)");
    /** Of the backend as a whole, and what is kept of environments that are gone. */
    private static final Pattern KEPT_STATE =
            Pattern.compile("\\.pulumi/meta\\.yaml.*|\\.ephemera/ledger/.*|\\.ephemera/\\.guard");

    private final KubernetesClient kubernetes;
    private final RdsClient rds;
    private final Ec2Client ec2;
    private final Route53Client route53;
    private final Path state;
    private Set<Thing> before = Set.of();

    Checker(Map<String, String> environment, Path state) {
        this.state = state;
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

    KubernetesClient kubernetes() {
        return kubernetes;
    }

    RdsClient rds() {
        return rds;
    }

    Ec2Client ec2() {
        return ec2;
    }

    Route53Client route53() {
        return route53;
    }

    /** From now on this is how it has to be when nothing is open. */
    void rememberAll() {
        rememberAllBut(number -> false);
    }

    /** The same, without what is an open pull request's. */
    void rememberAllBut(IntPredicate isOpen) {
        before = all().stream()
                .filter(thing -> thing.owner().stream().noneMatch(isOpen))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is there that neither was before nor is a pull request's that is open. */
    List<Thing> leaks(IntPredicate isOpen) {
        return all().stream()
                .filter(thing -> !before.contains(thing))
                .filter(thing -> thing.owner().stream().noneMatch(isOpen))
                .toList();
    }

    /** What was before and is not there, or is another one. */
    List<Thing> missing() {
        var now = new HashSet<>(all());
        return before.stream().filter(thing -> !now.contains(thing)).toList();
    }

    /** What is there of a pull request, as far as its marks say. */
    List<Thing> of(int number) {
        return all().stream()
                .filter(thing -> thing.owner().stream().anyMatch(owner -> owner == number))
                .toList();
    }

    private List<Thing> all() {
        var found = new ArrayList<Thing>();
        kubernetes.namespaces().list().getItems().forEach(namespace -> {
            var metadata = namespace.getMetadata();
            var labels = metadata.getLabels() == null ? Map.<String, String>of() : metadata.getLabels();
            found.add(new Thing(
                    "namespace",
                    metadata.getName(),
                    metadata.getUid(),
                    marks(labels.get("ephemera.dev/project"), labels.get("ephemera.dev/stack"))));
        });
        rds.describeDBInstancesPaginator().dbInstances().forEach(instance -> {
            var tags = instance.tagList().stream().collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
            found.add(new Thing(
                    "database",
                    instance.dbInstanceIdentifier(),
                    instance.dbiResourceId() + " " + instance.instanceCreateTime(),
                    marks(tags.get("ephemera:project"), tags.get("ephemera:stack"))));
        });
        rds.describeDBSnapshotsPaginator().dbSnapshots().stream()
                // Those that AWS makes by itself come and go.
                .filter(snapshot -> !snapshot.dbSnapshotIdentifier().startsWith("rds:"))
                .forEach(snapshot -> found.add(
                        new Thing("snapshot", snapshot.dbSnapshotIdentifier(), snapshot.dbSnapshotArn(), Map.of())));
        ec2.describeSecurityGroupsPaginator().securityGroups().forEach(group -> {
            var tags = group.tags().stream().collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
            found.add(new Thing(
                    "security group",
                    group.groupName(),
                    group.groupId(),
                    marks(tags.get("ephemera:project"), tags.get("ephemera:stack"))));
        });
        route53.listHostedZonesPaginator().hostedZones().forEach(zone -> found.addAll(records(zone.id())));
        found.addAll(stateFiles());
        return found;
    }

    private static Map<String, String> marks(String project, String stack) {
        var marks = new HashMap<String, String>();
        if (project != null) {
            marks.put("project", project);
        }
        if (stack != null) {
            marks.put("stack", stack);
        }
        return marks;
    }

    private List<Thing> records(String zone) {
        var records =
                route53
                        .listResourceRecordSetsPaginator(request -> request.hostedZoneId(zone))
                        .resourceRecordSets()
                        .stream()
                        .toList();
        var claims = new HashMap<String, Map<String, String>>();
        for (var record : records) {
            var claim = CLAIM.matcher(value(record));
            if (record.name().startsWith(CLAIM_NAME) && claim.matches()) {
                var marks = marks(claim.group(1), claim.group(2));
                claims.put(record.name(), marks);
                claims.put(record.name().substring(CLAIM_NAME.length()), marks);
            }
        }
        return records.stream()
                .map(record -> new Thing(
                        record.typeAsString() + " record",
                        record.name(),
                        value(record),
                        claims.getOrDefault(record.name(), Map.of())))
                .toList();
    }

    private static String value(ResourceRecordSet record) {
        return record.resourceRecords().stream().map(each -> each.value()).collect(Collectors.joining(" "));
    }

    /** Stacks, their backups and histories, locks and leases. */
    private List<Thing> stateFiles() {
        try (var files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> state.relativize(file).toString())
                    .filter(name -> !KEPT_STATE.matcher(name).matches())
                    .map(name -> {
                        var stack = STATE_FILE.matcher(name);
                        return new Thing(
                                "state file", name, "", stack.matches() ? marks("shop", stack.group(1)) : Map.of());
                    })
                    .toList();
        } catch (UncheckedIOException | IOException e) {
            throw new IllegalStateException("the state cannot be listed", e);
        }
    }

    @Override
    public void close() {
        kubernetes.close();
        rds.close();
        ec2.close();
        route53.close();
    }
}
