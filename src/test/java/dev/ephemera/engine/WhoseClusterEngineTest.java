package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** An environment is continued only in the cluster and the account that it was made in; with two real clusters. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoseClusterEngineTest {
    private static final String STACK = "pr-507";
    private static final String OTHER_ACCOUNT = "210987654321";

    private TestProject project;
    private TestSandbox other;
    private Clouds clouds;

    @BeforeAll
    void open(@TempDir Path directory) {
        other = new TestSandbox("other-sandbox", List.of("--nodes=simulated"));
        project = TestProject.below(directory);
        clouds = new Clouds();
        project.pulumi("stack", "select", "--create", STACK).succeeded();
        project.up(Map.of("EPHEMERA_IMAGE_TAG", "1.0"), STACK).succeeded();
    }

    @AfterAll
    void close() {
        project.destroy(STACK);
        clouds.close();
        other.reset();
    }

    private Map<String, String> otherCluster() {
        return Map.of("KUBECONFIG", other.environment().get("KUBECONFIG"));
    }

    private static Map<String, String> otherAccount() {
        var environment = TestSandbox.SHARED.environment();
        try (var sts = StsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .build()) {
            var credentials = sts.assumeRole(request -> request.roleSessionName("test")
                            .roleArn("arn:aws:iam::%s:role/previews".formatted(OTHER_ACCOUNT)))
                    .credentials();
            return Map.of(
                    "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
                    "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey(),
                    "AWS_SESSION_TOKEN", credentials.sessionToken());
        }
    }

    private static String uid(Clouds clouds) {
        return clouds.kubernetes
                .namespaces()
                .withName("kube-system")
                .get()
                .getMetadata()
                .getUid();
    }

    /** The engine encrypts secrets anew each time that it writes them. */
    private JsonNode state() throws Exception {
        return new ObjectMapper()
                .readTree(project.pulumi("stack", "export", "--stack", STACK)
                        .succeeded()
                        .output()
                        .replaceAll("\"ciphertext\": *\"[^\"]*\"", "\"ciphertext\": \"\""))
                .at("/deployment/resources");
    }

    private String home() throws Exception {
        for (var resource : state()) {
            var urn = resource.path("urn").asText();
            if (urn.endsWith("::home")) {
                return urn;
            }
        }
        throw new AssertionError("no home is kept");
    }

    private TestSandbox.Result refused(Map<String, String> elsewhere) throws Exception {
        var state = state();
        var objects = clouds.identities(clouds.namespace(STACK).orElseThrow());
        assertThat(project.pulumiElsewhere(elsewhere, "preview", "--stack", STACK)
                        .failed()
                        .output())
                .contains("nothing was changed");
        var result = project.pulumiElsewhere(elsewhere, "up", "--stack", STACK, "--yes", "--skip-preview")
                .failed();
        assertThat(result.output()).contains("nothing was changed").doesNotContain("Exception");
        assertThat(state()).isEqualTo(state);
        assertThat(clouds.identities(clouds.namespace(STACK).orElseThrow())).isEqualTo(objects);
        return result;
    }

    @Test
    void inAnotherClusterItIsRefusedAndNothingChanges() throws Exception {
        try (var there = new Clouds(other)) {
            assertThat(refused(otherCluster()).output())
                    .contains("lives in another cluster", "got " + uid(there), "want " + uid(clouds));
            assertThat(there.namespace(STACK)).isEmpty();
        }
    }

    @Test
    void inAnotherAccountItIsRefusedAndNothingChanges() throws Exception {
        assertThat(refused(otherAccount()).output())
                .contains("lives in another AWS account", "got " + OTHER_ACCOUNT, "want 123456789012");
    }

    @Test
    void whereTheClusterDoesNotAnswerNothingChanges(@TempDir Path directory) throws Exception {
        var kubeconfig = Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: gone
                contexts: [{name: gone, context: {cluster: gone, user: gone}}]
                clusters: [{name: gone, cluster: {server: "http://127.0.0.1:9"}}]
                users: [{name: gone, user: {}}]
                """);
        assertThat(refused(Map.of("KUBECONFIG", kubeconfig.toString())).output())
                .contains("the cluster at http://127.0.0.1:9/ does not answer");
    }

    @Test
    void whereTheKubeconfigCannotBeReadNothingChanges(@TempDir Path directory) throws Exception {
        var kubeconfig = Files.writeString(directory.resolve("kubeconfig"), "{token: canary");
        assertThat(refused(Map.of("KUBECONFIG", kubeconfig.toString())).output())
                .contains("the kubeconfig cannot be read")
                .doesNotContain("canary");
    }

    @Test
    void anEnvironmentThatWasMadeWithoutAHomeGetsTheOneItIsUpdatedIn() throws Exception {
        project.pulumi("state", "delete", home(), "--stack", STACK, "--yes").succeeded();
        var objects = clouds.identities(clouds.namespace(STACK).orElseThrow());
        project.up(STACK).succeeded();
        assertThat(home()).contains("Stash");
        assertThat(clouds.identities(clouds.namespace(STACK).orElseThrow())).isEqualTo(objects);
        refused(otherCluster());
    }

    @Test
    void theStateSaysTheClusterAndTheAccountToWhoeverRunsNoProgram() throws Exception {
        assertThat(state())
                .anySatisfy(resource -> assertThat(
                                resource.at("/inputs/clusterIdentifier").asText())
                        .isEqualTo(uid(clouds)))
                .anySatisfy(resource -> assertThat(
                                resource.at("/inputs/allowedAccountIds").asText())
                        .isEqualTo("[\"123456789012\"]"));
    }
}
