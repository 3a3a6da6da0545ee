package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.naming.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The variables are those that the three systems' documentation lists for the kind of job named. */
class PipelineTest {
    private static final StackName PR = new StackName("pr-12");
    private static final StackName BRANCH = StackName.ofBranch("feat/a");
    private static final Pipeline NOTHING = new Pipeline(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Map<String, String> GITHUB_PULL_REQUEST = Map.of(
            "GITHUB_ACTIONS", "true",
            "GITHUB_EVENT_NAME", "pull_request",
            "GITHUB_REF", "refs/pull/12/merge",
            "GITHUB_REF_NAME", "12/merge",
            "GITHUB_REF_TYPE", "branch",
            "GITHUB_HEAD_REF", "feat/a",
            "GITHUB_BASE_REF", "main",
            "GITHUB_SHA", "3e56e00000000000000000000000000000000000");

    private static Pipeline pipeline(String pullRequest, String branch, String commit) {
        return new Pipeline(Optional.ofNullable(pullRequest), Optional.ofNullable(branch), Optional.ofNullable(commit));
    }

    private static Map<String, String> with(Map<String, String> variables, Map<String, String> more) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        return all;
    }

    @Test
    void gitHubsEventSaysThePullRequestsHead(@TempDir Path directory) throws IOException {
        var event = Files.writeString(directory.resolve("event.json"), """
                {"action": "synchronize", "number": 12, "pull_request": {"number": 12,
                 "head": {"ref": "feat/a", "sha": "4ead000000000000000000000000000000000000"}, "base": {"ref": "main"}}}
                """);
        var environment = with(GITHUB_PULL_REQUEST, Map.of("GITHUB_EVENT_PATH", event.toString()));
        var head = pipeline("12", "feat/a", "4ead000000000000000000000000000000000000");
        assertThat(Pipeline.of(PR, environment)).isEqualTo(head);
        assertThat(Pipeline.of(BRANCH, environment)).isEqualTo(head);
    }

    @Test
    void gitHubsMergeIsNotTakenForTheCommitWhereTheEventCannotBeRead() {
        assertThat(Pipeline.of(PR, GITHUB_PULL_REQUEST)).isEqualTo(pipeline("12", "feat/a", null));
        assertThat(Pipeline.of(PR, with(GITHUB_PULL_REQUEST, Map.of("GITHUB_EVENT_PATH", "/nowhere"))))
                .isEqualTo(pipeline("12", "feat/a", null));
    }

    @Test
    void theBaseBranchOfGitHubsPullRequestTargetIsNotTakenForThePullRequests() {
        var environment = with(GITHUB_PULL_REQUEST, Map.of("GITHUB_REF", "refs/heads/main", "GITHUB_REF_NAME", "main"));
        assertThat(Pipeline.of(StackName.ofBranch("main"), environment)).isEqualTo(NOTHING);
        assertThat(Pipeline.of(PR, environment)).isEqualTo(NOTHING);
    }

    @Test
    void aPushOnGitHubSaysItsBranchAndCommit() {
        var environment = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_REF", "refs/heads/feat/a",
                "GITHUB_REF_NAME", "feat/a",
                "GITHUB_REF_TYPE", "branch",
                "GITHUB_HEAD_REF", "",
                "GITHUB_SHA", "c0ffee0");
        assertThat(Pipeline.of(BRANCH, environment)).isEqualTo(pipeline(null, "feat/a", "c0ffee0"));
        assertThat(Pipeline.of(PR, environment)).isEqualTo(NOTHING);
        assertThat(Pipeline.of(StackName.ofBranch("feat-a"), environment)).isEqualTo(NOTHING);
    }

    @Test
    void gitLabsMergeRequestSaysItsSourceAndNotTheMergedResult() {
        var environment = Map.of(
                "GITLAB_CI", "true",
                "CI_MERGE_REQUEST_IID", "12",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "feat/a",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "4ead000",
                "CI_COMMIT_SHA", "3e56e00");
        assertThat(Pipeline.of(PR, environment)).isEqualTo(pipeline("12", "feat/a", "4ead000"));
        assertThat(Pipeline.of(PR, with(environment, Map.of("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", ""))))
                .isEqualTo(pipeline("12", "feat/a", "3e56e00"));
    }

    @Test
    void aBranchPipelineOfGitLabSaysItsBranch() {
        assertThat(Pipeline.of(
                        BRANCH, Map.of("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "feat/a", "CI_COMMIT_SHA", "c0ffee0")))
                .isEqualTo(pipeline(null, "feat/a", "c0ffee0"));
    }

    @Test
    void jenkinsNameForAPullRequestIsNoBranch() {
        var environment = Map.of(
                "JENKINS_URL", "https://ci.example.com/",
                "BRANCH_NAME", "PR-12",
                "CHANGE_ID", "12",
                "CHANGE_BRANCH", "feat/a",
                "GIT_COMMIT", "c0ffee0");
        assertThat(Pipeline.of(PR, environment)).isEqualTo(pipeline("12", "feat/a", "c0ffee0"));
    }

    @Test
    void aBranchOfJenkinsMultibranchProjectSaysItsName() {
        assertThat(Pipeline.of(
                        BRANCH,
                        Map.of(
                                "JENKINS_URL", "https://ci.example.com/",
                                "BRANCH_NAME", "feat/a",
                                "GIT_COMMIT", "c0ffee0")))
                .isEqualTo(pipeline(null, "feat/a", "c0ffee0"));
    }

    @Test
    void variablesOfACiSystemMeanNothingOutsideIt() {
        assertThat(Pipeline.of(PR, Map.of("CI_MERGE_REQUEST_IID", "12", "CHANGE_ID", "12", "GITHUB_SHA", "c0ffee0")))
                .isEqualTo(NOTHING);
    }
}
