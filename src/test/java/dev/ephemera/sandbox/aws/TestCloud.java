package dev.ephemera.sandbox.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * A region of moto with what a team has before it makes a preview: a network, a subnet group, a hosted zone, a database
 * and a snapshot of it; and a provider that reaches it through a forwarder.
 */
final class TestCloud implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final List<String> REGIONS = List.of(
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "eu-central-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "ca-central-1");

    final String region;
    final AwsClients aws;
    final Forwarder forwarder;
    final AwsProvider provider;
    final String networkId;
    final String zoneId;
    private final Path restoreTimeFile;

    /** Each has a region of its own, because all tests share one moto. */
    TestCloud() {
        var moto = MotoForTests.shared();
        moto.restoreTime("0s");
        region = REGIONS.get(COUNT.getAndIncrement());
        aws = clients(moto.endpoint(), region);
        forwarder = new Forwarder(moto.endpoint());
        try {
            restoreTimeFile = Files.createTempFile("restore-time", "");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        restoreTime("8ms");
        networkId = seedNetwork();
        zoneId = RecordNames.zoneId(aws.route53()
                .createHostedZone(zone -> zone.name("preview.example.com").callerReference(region))
                .hostedZone()
                .id());
        seedDatabase();
        provider = AwsProvider.start(0, restoreTimeFile, environment(forwarder.endpoint()));
    }

    Path restoreTimeFile() {
        return restoreTimeFile;
    }

    /** The provider's; 8 ms make its waits a ten-thousandth of the official ones. */
    void restoreTime(String time) {
        try {
            Files.writeString(restoreTimeFile, time);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A new connection, configured; the calls that it made for that are forgotten. */
    TestEngine engine() {
        var engine = new TestEngine(provider.port()).configure(Map.of("region", region));
        forwarder.takeCalls();
        return engine;
    }

    Map<String, String> environment(URI endpoint) {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(), "AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");
    }

    private static AwsClients clients(URI endpoint, String region) {
        return AwsClients.of(new AwsClients.Settings(endpoint, region, AwsBasicCredentials.create("test", "test")));
    }

    private String seedNetwork() {
        var vpc = aws.ec2()
                .createVpc(request -> request.cidrBlock("10.0.0.0/16"))
                .vpc()
                .vpcId();
        var subnets = List.of("a", "b").stream()
                .map(zone -> aws.ec2()
                        .createSubnet(CreateSubnetRequest.builder()
                                .vpcId(vpc)
                                .availabilityZone(region + zone)
                                .cidrBlock(zone.equals("a") ? "10.0.1.0/24" : "10.0.2.0/24")
                                .build())
                        .subnet()
                        .subnetId())
                .toList();
        aws.rds()
                .createDBSubnetGroup(group -> group.dbSubnetGroupName("private")
                        .dbSubnetGroupDescription("private")
                        .subnetIds(subnets));
        return vpc;
    }

    private void seedDatabase() {
        aws.rds()
                .createDBInstance(instance -> instance.dbInstanceIdentifier("shop-orders")
                        .dbInstanceClass("db.m6g.large")
                        .engine("postgres")
                        .engineVersion("16.3")
                        .allocatedStorage(20)
                        .storageType("gp3")
                        .storageEncrypted(true)
                        .backupRetentionPeriod(0)
                        .dbName("orders")
                        .masterUsername("app")
                        .masterUserPassword("production-1"));
        for (var snapshot : List.of("orders-1", "orders-2")) {
            aws.rds()
                    .createDBSnapshot(request -> request.dbInstanceIdentifier("shop-orders")
                            .dbSnapshotIdentifier(snapshot)
                            .tags(Tag.builder()
                                    .key("ephemera:masked")
                                    .value("true")
                                    .build()));
        }
    }

    @Override
    public void close() {
        provider.close();
        forwarder.close();
    }
}
