package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.OwnerMarks;
import dev.ephemera.sandbox.node.NodeNetwork;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;

/** Makes in the emulated AWS what a team has before its first preview; what is there already stays. */
final class CloudSeed {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String NETWORK = "ephemera-sandbox";

    private final URI endpoint;
    private final NodeNetwork network;

    /**
     * @param network whose addresses the emulated AWS's network has, so that what it says of a database's subnets is true
     */
    CloudSeed(URI endpoint, NodeNetwork network) {
        this.endpoint = endpoint;
        this.network = network;
    }

    /**
     * @throws Failure when the emulator refuses something
     */
    void apply(Seed seed) {
        try (var http = httpClient();
                var ec2 = client(Ec2Client.builder(), http).build();
                var rds = client(RdsClient.builder(), http).build();
                var route53 = client(Route53Client.builder(), http).build()) {
            hostedZone(route53, seed.zone());
            var subnets = subnets(ec2, vpc(ec2));
            seed.subnetGroups().forEach(name -> subnetGroup(rds, name, subnets));
            seed.sources().forEach(source -> source(rds, seed.subnetGroups(), source));
        } catch (SdkException e) {
            throw new Failure(Exit.FAILED, "moto refuses what the sandbox is seeded with: " + e.getMessage(), e);
        }
    }

    private static SdkHttpClient httpClient() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(Duration.ofSeconds(30))
                // It is on this machine, whatever proxy the caller has for others.
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariablesValues(false)
                        .build())
                .build();
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B client(B builder, SdkHttpClient http) {
        return builder.httpClient(http)
                .region(Region.of(LocalCloud.REGION))
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(LocalCloud.ACCESS_KEY_ID, LocalCloud.SECRET_ACCESS_KEY)));
    }

    /** The identifier of a hosted zone that is there. */
    String zoneId(String zone) {
        try (var http = httpClient();
                var route53 = client(Route53Client.builder(), http).build()) {
            return find(route53, zone)
                    .map(found -> found.id().replace("/hostedzone/", ""))
                    .orElseThrow(() -> new Failure(Exit.FAILED, "moto has no hosted zone " + zone + " any more"));
        }
    }

    private static void hostedZone(Route53Client route53, String zone) {
        if (find(route53, zone).isEmpty()) {
            route53.createHostedZone(request -> request.name(zone).callerReference("ephemera-sandbox-" + zone));
        }
    }

    private static Optional<HostedZone> find(Route53Client route53, String zone) {
        return route53.listHostedZonesByName(request -> request.dnsName(zone + ".")).hostedZones().stream()
                .filter(found -> found.name().equals(zone + "."))
                .findFirst();
    }

    private String vpc(Ec2Client ec2) {
        var named = Filter.builder().name("tag:Name").values(NETWORK).build();
        return ec2.describeVpcs(request -> request.filters(named)).vpcs().stream()
                .findFirst()
                .or(() -> Optional.of(ec2.createVpc(request ->
                                request.cidrBlock(network.whole()).tagSpecifications(named(ResourceType.VPC)))
                        .vpc()))
                .orElseThrow()
                .vpcId();
    }

    /** Two zones, as a subnet group of RDS has to have. */
    private List<String> subnets(Ec2Client ec2, String vpc) {
        var inNetwork = Filter.builder().name("vpc-id").values(vpc).build();
        var there = ec2.describeSubnets(request -> request.filters(inNetwork)).subnets();
        if (!there.isEmpty()) {
            return there.stream().map(Subnet::subnetId).toList();
        }
        return List.of(
                subnet(ec2, vpc, network.databasesLowerHalf(), LocalCloud.REGION + "a"),
                subnet(ec2, vpc, network.databasesUpperHalf(), LocalCloud.REGION + "b"));
    }

    private static String subnet(Ec2Client ec2, String vpc, String range, String zone) {
        return ec2.createSubnet(request -> request.vpcId(vpc)
                        .cidrBlock(range)
                        .availabilityZone(zone)
                        .tagSpecifications(named(ResourceType.SUBNET)))
                .subnet()
                .subnetId();
    }

    private static TagSpecification named(ResourceType type) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(software.amazon.awssdk.services.ec2.model.Tag.builder()
                        .key("Name")
                        .value(NETWORK)
                        .build())
                .build();
    }

    private static void subnetGroup(RdsClient rds, String name, List<String> subnets) {
        unless(
                () -> rds.describeDBSubnetGroups(request -> request.dbSubnetGroupName(name)),
                DbSubnetGroupNotFoundException.class,
                () -> rds.createDBSubnetGroup(request -> request.dbSubnetGroupName(name)
                        .dbSubnetGroupDescription("private subnets of the sandbox")
                        .subnetIds(subnets)));
    }

    private static void source(RdsClient rds, java.util.Set<String> groups, Seed.SnapshotSource source) {
        var identifier = source.dbInstanceIdentifier();
        unless(
                () -> rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier)),
                DbInstanceNotFoundException.class,
                () -> rds.createDBInstance(request -> {
                    request.dbInstanceIdentifier(identifier)
                            .engine(source.engine())
                            .engineVersion(source.engineVersion())
                            .dbName(source.database())
                            .dbInstanceClass(source.instanceClass())
                            .allocatedStorage(source.allocatedStorageGiB())
                            .masterUsername(source.username())
                            // Whoever wants to log in sets another one.
                            .masterUserPassword(UUID.randomUUID().toString())
                            .storageEncrypted(true)
                            .storageType("gp3")
                            .backupRetentionPeriod(0)
                            // A restored instance inherits these where it is given none of its own.
                            .tags(tag("environment", "production"), tag("service", identifier));
                    groups.stream().findFirst().ifPresent(request::dbSubnetGroupName);
                }));
        awaitAvailable(rds, identifier);
        // The unmasked one is the newer: whoever takes the newest without looking at the tag takes the wrong one.
        snapshot(rds, identifier, source.maskedSnapshot(), tag(OwnerMarks.TAG_MASKED, "true"));
        snapshot(rds, identifier, source.unmaskedSnapshot(), tag("environment", "production"));
    }

    private static void awaitAvailable(RdsClient rds, String identifier) {
        Waiting.until(() -> !status(rds, identifier).equals("creating"), LIMIT);
        var status = status(rds, identifier);
        if (!status.equals("available")) {
            throw new Failure(
                    Exit.FAILED,
                    "production's database " + identifier + " is " + status + " in the sandbox; moto's log says why "
                            + "(it is in the directory that ci/sandbox --status names, in sandbox/logs)");
        }
    }

    private static String status(RdsClient rds, String identifier) {
        return rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .get(0)
                .dbInstanceStatus();
    }

    private static void snapshot(RdsClient rds, String instance, String snapshot, Tag tag) {
        unless(
                () -> rds.describeDBSnapshots(request -> request.dbSnapshotIdentifier(snapshot)),
                DbSnapshotNotFoundException.class,
                () -> rds.createDBSnapshot(request -> request.dbInstanceIdentifier(instance)
                        .dbSnapshotIdentifier(snapshot)
                        .tags(tag)));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** Makes a thing where asking for it says that it is not there. */
    private static void unless(Runnable lookUp, Class<? extends SdkException> absent, Runnable create) {
        try {
            lookUp.run();
        } catch (SdkException e) {
            if (!absent.isInstance(e)) {
                throw e;
            }
            create.run();
        }
    }
}
