package dev.ephemera.engine;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci/github/preview.yml} from open to close, run by act against the sandbox; GitHub's API is played. */
@Tag("engine")
class GitHubWorkflowEngineTest {
    @RegisterExtension
    static final WireMockExtension GITHUB = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String STACK = "pr-12";
    private static final String APPLICATION = """
            workloads: {events: {image: "docker.io/library/nats:2.15", args: ["-p", "%1$d"], port: %1$d, runAsUser: 65532, expose: {path: /}}}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    @TempDir
    private Path directory;

    private TestProject project;
    private PipelineRepository repository;
    private Path act;
    private String head;
    private Clouds clouds;

    @BeforeEach
    void open() throws Exception {
        act = new Toolchain(ROOT, System.getenv(), System.err::println)
                .provide(Set.of(Part.WORKFLOWS))
                .path(Tool.ACT);
        clouds = new Clouds();
        project = TestProject.below(directory);
        repository = PipelineRepository.below(directory, APPLICATION);
        // act knows no queue of runs yet.
        repository.write(
                ".github/workflows/preview.yml",
                Files.readString(ROOT.resolve("ci/github/preview.yml")).replace("      queue: max\n", ""));
        repository.commit(4222);
        var origin = repository.published();
        repository.git("remote", "add", "origin", "https://github.com/acme/shop");
        repository.git("config", "url." + origin + ".insteadOf", "https://github.com/acme/shop");
        // The pull request says another port, and something in its workflow that must never run.
        repository.write(
                ".github/workflows/preview.yml",
                "on: pull_request_target\njobs: {preview: {runs-on: ubuntu-latest, steps: [{run: exit 9}]}}\n");
        head = repository.commit(4223);
        repository.git("push", "--quiet", origin.toString(), "HEAD:refs/pull/12/head");
        repository.git("reset", "--quiet", "--hard", "HEAD~1");
        comments();
        GITHUB.stubFor(
                get(urlPathEqualTo("/repos/acme/shop"))
                        .willReturn(
                                okJson(
                                        "{\"id\": 1, \"name\": \"shop\", \"full_name\": \"acme/shop\", \"owner\": {\"login\": \"acme\"}}")));
    }

    private static void comments() {
        var all = urlPathEqualTo("/repos/acme/shop/issues/12/comments");
        GITHUB.stubFor(get(all).willReturn(okJson("[]")));
        GITHUB.stubFor(post(all).willReturn(okJson("{\"id\": 1, \"body\": \"\", \"user\": {\"login\": \"a\"}}")));
    }

    @AfterEach
    void close() {
        project.run(List.of(ROOT.resolve("ci/ephemera").toString(), "destroy", "--stack", STACK, "--timeout", "1m"));
        clouds.close();
    }

    /** What GitHub says from now on. */
    private void pullRequest(String state) {
        GITHUB.stubFor(get(urlPathEqualTo("/repos/acme/shop/pulls/12")).willReturn(okJson("""
                {"id": 12, "number": 12, "state": "%s", "user": {"login": "ann"}, "labels": [],
                 "head": {"ref": "$(touch x)", "sha": "%s", "repo": {"id": 1, "name": "shop", "full_name": "acme/shop", "owner": {"login": "acme"}}},
                 "base": {"ref": "main", "repo": {"id": 1, "name": "shop", "full_name": "acme/shop", "owner": {"login": "acme"}}}}
                """.formatted(state, head))));
    }

    private TestSandbox.Result event(String action) throws IOException {
        var event = Files.writeString(directory.resolve("event.json"), """
                {"action": "%s", "number": 12,
                 "pull_request": {"number": 12, "head": {"ref": "$(touch x)", "sha": "%s"}, "base": {"ref": "main"}},
                 "repository": {"full_name": "acme/shop", "name": "shop", "owner": {"login": "acme"}, "default_branch": "main"}}
                """.formatted(action, head));
        var environment = TestSandbox.SHARED.environment();
        var command = new ArrayList<>(List.of(
                act.toString(),
                "pull_request_target",
                "--platform",
                "ubuntu-latest=-self-hosted",
                "--eventpath",
                event.toString(),
                "--secret",
                "GITHUB_TOKEN=ghs_planted",
                "--secret",
                "PULUMI_CONFIG_PASSPHRASE=" + environment.getOrDefault("PULUMI_CONFIG_PASSPHRASE", ""),
                "--var",
                "PULUMI_BACKEND_URL=" + environment.get("PULUMI_BACKEND_URL"),
                "--var",
                "AWS_REGION=" + environment.get("AWS_REGION")));
        environment.forEach((name, value) -> {
            if (name.matches("(AWS|PULUMI|EPHEMERA|SSL|JAVA|JDK)_.*|KUBECONFIG|HOME|.*_proxy|.*_PROXY")) {
                command.add("--env");
                command.add(name + "=" + value);
            }
        });
        command.addAll(List.of("--env", "GITHUB_API_URL=" + GITHUB.baseUrl(), "--env", "GITHUB_REPOSITORY=acme/shop"));
        return TestSandbox.SHARED.run(repository.folder(), Map.of(), command);
    }

    private int stacks() {
        return project.pulumi("stack", "ls", "--json").succeeded().output().contains(STACK) ? 1 : 0;
    }

    @Test
    void aPullRequestHasItsEnvironmentUntilItIsClosed() throws Exception {
        pullRequest("open");
        event("opened").succeeded();
        assertThat(stacks()).isEqualTo(1);
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
        assertThat(clouds.records(STACK)).hasSize(2);
        GITHUB.verify(postRequestedFor(urlPathEqualTo("/repos/acme/shop/issues/12/comments"))
                .withRequestBody(containing("https://pr-12.preview.example.com/")));

        assertThat(event("closed").failed().output())
                .as("a close that GitHub does not confirm")
                .contains("pull request 12 is open");
        assertThat(clouds.namespace(STACK)).isPresent();

        pullRequest("closed");
        event("closed").succeeded();
        assertThat(stacks()).isZero();
        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(clouds.records(STACK)).isEmpty();

        assertThat(event("synchronize").failed().output())
                .as("a push whose run comes late")
                .contains("pull request 12 is closed");
        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(repository.folder().resolve("x")).doesNotExist();
    }

    @Test
    void theWorkflowIsAsGitHubWantsIt() throws Exception {
        var actionlint = new Toolchain(ROOT, System.getenv(), System.err::println)
                .provide(Set.of(Part.WORKFLOWS))
                .path(Tool.ACTIONLINT);
        // It is older than concurrency's queue.
        GitRepository.run(
                actionlint.toString(),
                "-ignore",
                "unexpected key \"queue\" for \"concurrency\" section",
                ROOT.resolve("ci/github/preview.yml").toString());
    }
}
