package dev.ephemera.engine;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
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

/**
 * {@code ci/gitlab/preview.yml} from open to close, run by gitlab-ci-local against the sandbox; GitLab's API is played. What it
 * does not have are resource groups, and an environment that is stopped when a merge request is closed: the test starts
 * that job.
 */
@Tag("engine")
class GitLabPipelineEngineTest {
    @RegisterExtension
    static final WireMockExtension GITLAB = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String STACK = "pr-12";
    private static final String PROJECT = "/api/v4/projects/42";
    private static final String REQUESTS = PROJECT + "/merge_requests";
    private static final String GROUP = PROJECT + "/resource_groups/preview-12";
    private static final String MERGE_REQUEST = "merge_request_event";
    private static final String BRANCH = "$(touch x); --help";
    private static final String APPLICATION = """
            workloads: {events: {image: "docker.io/library/nats:2.15", args: ["-p", "%1$d"], port: %1$d, runAsUser: 65532, expose: {path: /}}}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    @TempDir
    private Path directory;

    private TestProject project;
    private PipelineRepository repository;
    private Path origin;
    private Path runner;
    private String head;
    private Clouds clouds;

    @BeforeEach
    void open() throws Exception {
        var toolchain = new Toolchain(ROOT, System.getenv(), System.err::println);
        var obstacle = toolchain.obstacle(Part.PIPELINES);
        assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
        runner = toolchain.provide(Set.of(Part.PIPELINES)).path(Tool.GITLAB_CI_LOCAL);
        clouds = new Clouds();
        project = TestProject.below(directory);
        repository = PipelineRepository.below(directory, APPLICATION);
        repository.commit(4222);
        origin = repository.published();
        repository.git("remote", "add", "origin", "https://gitlab.com/acme/shop");
        // The merge request says another port, and a program that must never run.
        repository.write("ci/launch", "#!/bin/sh\nexit 9\n");
        head = repository.commit(4223);
        repository.git("push", "--quiet", origin.toString(), "HEAD:refs/merge-requests/12/head");
        repository.git("reset", "--quiet", "--hard", "HEAD~1");
        withoutCopies();
        answers();
    }

    /** gitlab-ci-local copies the work tree for containers, of which there are none here: no rsync is needed for that. */
    private void withoutCopies() throws Exception {
        var stub = Files.createDirectories(directory.resolve("bin")).resolve("rsync");
        Files.writeString(stub, "#!/bin/sh\nexit 0\n");
        assertThat(stub.toFile().setExecutable(true)).isTrue();
    }

    private void answers() {
        GITLAB.stubFor(get(urlPathEqualTo(PROJECT)).willReturn(okJson("{\"id\": 42, \"path\": \"shop\"}")));
        GITLAB.stubFor(get(urlPathEqualTo("/api/v4/user")).willReturn(okJson("{\"id\": 6, \"username\": \"bot\"}")));
        GITLAB.stubFor(get(urlPathEqualTo(REQUESTS)).willReturn(okJson("[" + request(13, "opened") + "]")));
        GITLAB.stubFor(get(urlPathEqualTo(REQUESTS + "/12/notes")).willReturn(okJson("[]")));
        GITLAB.stubFor(post(urlPathEqualTo(REQUESTS + "/12/notes"))
                .willReturn(okJson("{\"id\": 1, \"body\": \"\"}").withStatus(201)));
        GITLAB.stubFor(put(urlPathEqualTo(GROUP)).willReturn(okJson("{}")));
    }

    @AfterEach
    void close() {
        if (project != null) {
            project.run(
                    List.of(ROOT.resolve("ci/ephemera").toString(), "destroy", "--stack", STACK, "--timeout", "1m"));
            clouds.close();
        }
    }

    private String request(long number, String state) {
        return """
                {"id": 9%1$d, "iid": %1$d, "state": "%2$s", "author": {"id": 5, "username": "ann"}, "labels": [],
                 "source_branch": "%3$s", "sha": "%4$s", "source_project_id": 42, "target_project_id": 42}""".formatted(number, state, BRANCH, head);
    }

    /** What GitLab says from now on. */
    private void mergeRequest(String state) {
        GITLAB.stubFor(get(urlPathEqualTo(REQUESTS + "/12")).willReturn(okJson(request(12, state))));
    }

    /** A pipeline of {@code source} with nothing but what GitLab sets there. */
    private TestSandbox.Result pipeline(String source, String... what) {
        var command = new ArrayList<>(List.of(
                runner.toString(),
                "--file",
                "ci/gitlab/preview.yml",
                "--home",
                directory.toString(),
                "--force-shell-executor",
                "--ignore-predefined-vars",
                "CI_PIPELINE_SOURCE,CI_PROJECT_ID,CI_COMMIT_SHA,CI_COMMIT_BRANCH,CI_API_V4_URL",
                "--variable",
                "CI_PIPELINE_SOURCE=" + source,
                "--variable",
                "CI_API_V4_URL=" + GITLAB.baseUrl() + "/api/v4",
                "--variable",
                "CI_PROJECT_ID=42",
                "--variable",
                "CI_REPOSITORY_URL=" + origin.toUri(),
                "--variable",
                "CI_COMMIT_SHA=" + head,
                "--variable",
                "GITLAB_TOKEN=glpat-planted"));
        if (source.equals(MERGE_REQUEST)) {
            command.addAll(List.of(
                    "--variable",
                    "CI_MERGE_REQUEST_IID=12",
                    "--variable",
                    "CI_MERGE_REQUEST_PROJECT_ID=42",
                    "--variable",
                    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=" + BRANCH,
                    "--unset-variable",
                    "CI_COMMIT_BRANCH"));
        }
        command.addAll(List.of(what));
        var path = directory.resolve("bin") + ":" + System.getenv("PATH");
        return TestSandbox.SHARED.run(repository.folder(), Map.of("PATH", path), command);
    }

    private int stacks() {
        return project.pulumi("stack", "ls", "--json").succeeded().output().contains(STACK) ? 1 : 0;
    }

    private void assertGone() {
        assertThat(stacks()).isZero();
        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(clouds.records(STACK)).isEmpty();
    }

    @Test
    void aMergeRequestHasItsEnvironmentUntilItIsClosed() throws Exception {
        mergeRequest("opened");
        var up = pipeline(MERGE_REQUEST, "preview:up").succeeded();
        assertThat(up.output()).doesNotContain("glpat-planted");
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
                .as("of the merge request's own application.yaml")
                .isEqualTo(4223);
        assertThat(clouds.records(STACK)).hasSize(2);
        GITLAB.verify(postRequestedFor(urlPathEqualTo(REQUESTS + "/12/notes"))
                .withFormParam("body", containing("https://pr-12.preview.example.com/")));
        GITLAB.verify(putRequestedFor(urlPathEqualTo(GROUP))
                .withHeader("PRIVATE-TOKEN", equalTo("glpat-planted"))
                .withFormParam("process_mode", equalTo("oldest_first")));

        // It may fail, as every job that GitLab lets wait for a hand has to; what it says is the proof.
        assertThat(pipeline(MERGE_REQUEST, "preview:stop").output())
                .as("a stop by hand, of one that is open")
                .contains("pull request 12 is open");
        assertThat(clouds.namespace(STACK)).isPresent();

        mergeRequest("merged");
        pipeline(MERGE_REQUEST, "preview:stop").succeeded();
        assertGone();

        assertThat(pipeline(MERGE_REQUEST, "preview:up").failed().output())
                .as("a push whose run comes late")
                .contains("pull request 12 is closed");
        assertThat(clouds.namespace(STACK)).isEmpty();
        assertThat(repository.folder().resolve("x")).doesNotExist();
        assertThat(repository.folder().resolve(".preview-program/x")).doesNotExist();
    }

    @Test
    void oneThatWasOpenedAgainAndWhoseCloseWasLostIsReapedByTheSchedule() {
        mergeRequest("opened");
        pipeline(MERGE_REQUEST, "preview:up").succeeded();
        assertThat(stacks()).isEqualTo(1);
        mergeRequest("closed");
        pipeline("schedule", "preview:reap").succeeded();
        assertGone();
    }

    @Test
    void eachKindOfPipelineHasItsJobsAndNoOther() {
        assertThat(jobs(MERGE_REQUEST)).containsExactly("preview:up on_success", "preview:stop manual");
        assertThat(jobs("schedule")).containsExactly("preview:reap on_success");
        assertThat(jobs("web")).containsExactly("preview:branch manual", "preview:branch:stop manual");
        assertThat(jobs("push")).isEmpty();
    }

    private List<String> jobs(String source) {
        return pipeline(source, "--list-csv")
                .succeeded()
                .output()
                .lines()
                .filter(line -> line.startsWith("preview:"))
                .map(line -> line.split(";"))
                .map(columns -> columns[0] + " " + columns[3])
                .toList();
    }
}
