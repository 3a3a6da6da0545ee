package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci/jenkins/Jenkinsfile} from open to close against the sandbox; Jenkins is played, the forge is a file. */
@Tag("engine")
class JenkinsPipelineEngineTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String STACK = "pr-590";
    private static final Map<String, String> PULL_REQUEST = Map.of(
            "JENKINS_URL",
            "https://ci.example.com/",
            "BUILD_URL",
            "https://ci.example.com/job/previews/job/PR-590/1/",
            "BRANCH_NAME",
            "PR-590",
            "CHANGE_ID",
            "590",
            "CHANGE_BRANCH",
            "$(touch x)");
    private static final Map<String, String> DEFAULT_BRANCH = Map.of(
            "JENKINS_URL",
            "https://ci.example.com/",
            "BUILD_URL",
            "https://ci.example.com/job/previews/job/main/1/",
            "BRANCH_NAME",
            "main");
    private static final int REFUSED = 4;
    private static final String APPLICATION = """
            workloads: {events: {image: "docker.io/library/nats:2.15", args: ["-p", "%1$d"], port: %1$d, runAsUser: 65532, expose: {path: /}}}
            databases: {orders: {engine: postgres, instanceClass: db.t4g.micro, subnetGroup: private, database: orders, username: app, snapshot: {source: shop-orders}}}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    @TempDir
    private Path directory;

    private TestProject project;
    private PipelineRepository repository;
    private Jenkins jenkins;
    private String head;
    private Clouds clouds;

    /** How much there is of the pull request; a name in DNS is two records, itself and whose it is. */
    private record Seen(int stacks, int namespaces, int instances, int names) {}

    @BeforeEach
    void open() throws Exception {
        clouds = new Clouds();
        project = TestProject.below(directory);
        repository = PipelineRepository.below(directory, APPLICATION);
        repository.commit(4222);
        var origin = repository.published();
        // The pull request says another port, and brings a program that must never run.
        repository.write("ci/launch", "#!/bin/sh\nexit 9\n");
        head = repository.commit(4223);
        repository.git("push", "--quiet", origin.toString(), "HEAD:refs/pull/590/head");
        var environment = TestSandbox.SHARED.environment();
        jenkins = new Jenkins(
                        directory,
                        environment,
                        Map.of(
                                "ephemera-forge",
                                "planted-token",
                                "ephemera-passphrase",
                                environment.getOrDefault("PULUMI_CONFIG_PASSPHRASE", ""),
                                "ephemera-kubeconfig",
                                environment.get("KUBECONFIG"),
                                // The sandbox takes keys, which go before it.
                                "ephemera-aws",
                                "/dev/null"))
                .edited("def repository = '", "file://" + origin)
                .edited("def forge = '", "file:" + directory.resolve("forge.json"))
                .edited("'PULUMI_BACKEND_URL=", environment.get("PULUMI_BACKEND_URL"))
                .edited("'AWS_REGION=", environment.get("AWS_REGION"));
    }

    @AfterEach
    void close() {
        project.run(List.of(ROOT.resolve("ci/ephemera").toString(), "destroy", "--stack", STACK, "--timeout", "1m"));
        clouds.close();
    }

    /** What the forge says from now on; an answer without any open pull request is not believed, so there is another. */
    private void pullRequest(String state) throws IOException {
        Files.writeString(directory.resolve("forge.json"), """
                {"complete": true, "asOf": "%s", "pullRequests": [
                 {"number": 590, "state": "%s", "head": "%s", "branch": "$(touch x)", "author": "ann", "labels": [], "fork": false},
                 {"number": 591, "state": "open", "head": "%s", "branch": "b", "author": "ann", "labels": [], "fork": false}]}
                """.formatted(Instant.now(), state, head, head));
    }

    private Seen seen() {
        var stacks = project.pulumi("stack", "ls", "--json").succeeded().output();
        var namespaces = clouds.kubernetes
                .namespaces()
                .withLabel("ephemera.dev/stack", STACK)
                .list()
                .getItems();
        return new Seen(
                stacks.contains(STACK) ? 1 : 0,
                namespaces.size(),
                clouds.instances(STACK).size(),
                clouds.records(STACK).size() / 2);
    }

    @Test
    void aPullRequestHasItsEnvironmentUntilItIsClosed() throws Exception {
        pullRequest("open");
        jenkins.build(PULL_REQUEST, Map.of()).succeeded();
        assertThat(seen()).isEqualTo(new Seen(1, 1, 1, 1));
        var namespace = clouds.namespace(STACK).orElseThrow();
        assertThat(clouds.kubernetes
                        .services()
                        .inNamespace(namespace)
                        .withName("events")
                        .get()
                        .getSpec()
                        .getPorts()
                        .get(0)
                        .getPort())
                .as("of the pull request's own application.yaml")
                .isEqualTo(4223);

        pullRequest("open");
        jenkins.build(DEFAULT_BRANCH, Map.of()).succeeded();
        assertThat(seen()).as("reaped while it is open").isEqualTo(new Seen(1, 1, 1, 1));

        pullRequest("closed");
        jenkins.build(DEFAULT_BRANCH, Map.of()).succeeded();
        assertThat(seen()).isEqualTo(new Seen(0, 0, 0, 0));
        assertThat(clouds.records(STACK)).isEmpty();

        assertThat(jenkins.build(PULL_REQUEST, Map.of()).exitCode())
                .as("a push whose build comes late")
                .isEqualTo(REFUSED);
        assertThat(seen()).isEqualTo(new Seen(0, 0, 0, 0));
        assertThat(jenkins.workspace().resolve("x")).doesNotExist();
    }
}
