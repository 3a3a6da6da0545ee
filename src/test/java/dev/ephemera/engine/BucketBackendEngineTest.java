package dev.ephemera.engine;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The state in a bucket: the lease beside it holds between processes, and the verbs leave nothing in it. */
@Tag("engine")
class BucketBackendEngineTest {
    private static final String EPHEMERA =
            Path.of("").toAbsolutePath().resolve("ci/ephemera").toString();
    private static final Map<String, String> FIRST = Map.of("EPHEMERA_IMAGE_TAG", "1.0");
    private static final String BUCKET = "state";
    private static final String STACK = "pr-595";

    @TempDir
    private Path directory;

    private S3Client s3;
    private String backend;

    @BeforeEach
    void open() {
        var environment = TestSandbox.SHARED.environment();
        var endpoint = environment.get("AWS_ENDPOINT_URL");
        backend = "s3://%s?endpoint=%s&s3ForcePathStyle=true&region=eu-west-1".formatted(BUCKET, endpoint);
        s3 = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(endpoint))
                .forcePathStyle(true)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .build();
        s3.createBucket(request -> request.bucket(BUCKET)
                .createBucketConfiguration(configuration -> configuration.locationConstraint("eu-west-1")));
    }

    @AfterEach
    void close() {
        keys().forEach(key -> s3.deleteObject(request -> request.bucket(BUCKET).key(key)));
        s3.deleteBucket(request -> request.bucket(BUCKET));
        s3.close();
    }

    private List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void twoProcessesAreNeverInsideTogether() throws Exception {
        var counter = Files.writeString(directory.resolve("counter"), "0");
        var runs = new ArrayList<CompletableFuture<TestSandbox.Result>>();
        for (int i = 0; i < 3; i++) {
            runs.add(CompletableFuture.supplyAsync(() ->
                    TestSandbox.SHARED.run(directory, Map.of(), LeaseProcess.command(backend, counter.toString()))));
        }
        runs.forEach(run -> run.join().succeeded());
        assertThat(counter).hasContent(String.valueOf(3 * LeaseProcess.TIMES));
        assertThat(keys()).isEmpty();
    }

    @Test
    void anEnvironmentComesUpAndGoesAndLeavesNothingInTheBucketButPulumisOwnMark() {
        var project = TestProject.below(directory).withApplication("""
                workloads: {events: {image: "docker.io/library/nats:2.15", port: 4222, runAsUser: 65532}}
                dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
                aws: {region: eu-west-1}
                """);
        project.run(ephemera("up")).succeeded();
        assertThat(keys()).contains(".pulumi/stacks/shop/%s.json".formatted(STACK));
        project.run(ephemera("destroy")).succeeded();
        assertThat(keys())
                .filteredOn(key -> !key.startsWith(".ephemera/ledger/shop/"))
                .containsExactly(".pulumi/meta.yaml");
        assertThat(keys())
                .as("up, gone")
                .filteredOn(key -> key.startsWith(".ephemera/ledger/shop/"))
                .hasSize(2);
    }

    /** As it is when a token for AWS is over before the restore is: what is done cannot be written down any more. */
    @Tag("fault-12")
    @Test
    void whatCouldNotBeSavedIsMendedByTheNextRun() {
        // The engine tries for half a minute to save each step, so that there are few.
        var project = TestProject.below(directory).withApplication("""
                workloads: {events: {image: "docker.io/library/nats:2.15", port: 4222, runAsUser: 65532}}
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
                """);
        var clouds = new Clouds();
        var bucket = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
        bucket.start();
        try {
            bucket.stubFor(any(anyUrl())
                    .atPriority(10)
                    .willReturn(aResponse()
                            .proxiedFrom(TestSandbox.SHARED.environment().get("AWS_ENDPOINT_URL"))));
            backend = "s3://%s?endpoint=%s&s3ForcePathStyle=true&region=eu-west-1".formatted(BUCKET, bucket.baseUrl());
            TestSandbox.SHARED.restoreTime("15s");
            var update = CompletableFuture.supplyAsync(() -> project.run(FIRST, ephemera("up")));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !clouds.instances(STACK).isEmpty());
            // Whatever needs no database is made and saved before.
            await().pollDelay(Duration.ofSeconds(6)).until(() -> !update.isDone());
            bucket.stubFor(any(anyUrl())
                    .atPriority(1)
                    .willReturn(aResponse()
                            .withStatus(400)
                            .withBody("<Error><Code>ExpiredToken</Code><Message>The token is over</Message></Error>")));
            update.join().failed();
            bucket.resetMappings();
            bucket.stubFor(any(anyUrl())
                    .willReturn(aResponse()
                            .proxiedFrom(TestSandbox.SHARED.environment().get("AWS_ENDPOINT_URL"))));

            project.run(FIRST, ephemera("up")).succeeded();

            assertThat(clouds.instances(STACK)).hasSize(1);
            project.run(ephemera("destroy")).succeeded();
            assertThat(clouds.instances(STACK)).isEmpty();
            assertThat(clouds.namespace(STACK)).isEmpty();
        } finally {
            TestSandbox.SHARED.restoreTime("2s");
            bucket.stop();
            clouds.close();
        }
    }

    private List<String> ephemera(String verb) {
        return List.of("env", "PULUMI_BACKEND_URL=" + backend, EPHEMERA, verb, "--stack", STACK);
    }
}
