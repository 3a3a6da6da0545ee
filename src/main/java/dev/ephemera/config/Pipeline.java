package dev.ephemera.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ephemera.naming.StackName;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What GitHub Actions, GitLab CI or Jenkins says of the change it works on. All of it is absent elsewhere. A pull request's
 * commit is its head, never the merge that the CI system makes of it, where the system tells the two apart (Jenkins does
 * not).
 */
record Pipeline(Optional<String> pullRequest, Optional<String> branch, Optional<String> commit) {
    private static final Pipeline NONE = new Pipeline(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Pattern PULL_REQUEST_REF = Pattern.compile("refs/pull/([0-9]+)/.*");

    /** What it says, where it speaks of {@code stack}; a job on another branch (a wake, a nightly run) says nothing of it. */
    static Pipeline of(StackName stack, Map<String, String> environment) {
        var pipeline = new Variables(environment).pipeline();
        var speaksOfIt = stack.pullRequest().isPresent()
                ? pipeline.pullRequest()
                        .filter(number -> stack.value().equals("pr-" + number))
                        .isPresent()
                : pipeline.branch()
                        .filter(branch -> StackName.ofBranch(branch).equals(stack))
                        .isPresent();
        return speaksOfIt ? pipeline : NONE;
    }

    private record Variables(Map<String, String> environment) {
        Pipeline pipeline() {
            if (is("GITHUB_ACTIONS")) {
                return gitHub();
            }
            if (is("GITLAB_CI")) {
                return new Pipeline(
                        value("CI_MERGE_REQUEST_IID"),
                        value("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME").or(() -> value("CI_COMMIT_BRANCH")),
                        // The first is set where CI_COMMIT_SHA is GitLab's own merge.
                        value("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA").or(() -> value("CI_COMMIT_SHA")));
            }
            if (value("JENKINS_URL").isPresent()) {
                // In a multibranch project BRANCH_NAME of a pull request is PR-12, which is no branch.
                var change = value("CHANGE_ID");
                return new Pipeline(
                        change,
                        change.isPresent() ? value("CHANGE_BRANCH") : value("BRANCH_NAME"),
                        value("GIT_COMMIT"));
            }
            return NONE;
        }

        /** GITHUB_SHA is a merge, or of the base branch, in a pull request's job: its head stands in the event's file only. */
        private Pipeline gitHub() {
            var pullRequest = event().path("pull_request");
            if (pullRequest.has("number")) {
                return new Pipeline(
                        text(pullRequest.path("number")),
                        text(pullRequest.at("/head/ref")),
                        text(pullRequest.at("/head/sha")));
            }
            var number = value("GITHUB_REF")
                    .map(PULL_REQUEST_REF::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .map(ref -> ref.group(1));
            var head = value("GITHUB_HEAD_REF");
            if (number.isPresent() || head.isPresent()) {
                return new Pipeline(number, head, Optional.empty());
            }
            return value("GITHUB_REF_TYPE").filter("branch"::equals).isPresent()
                    ? new Pipeline(Optional.empty(), value("GITHUB_REF_NAME"), value("GITHUB_SHA"))
                    : NONE;
        }

        /** Missing when there is none that can be read: the variables then say less, and nothing wrong. */
        private JsonNode event() {
            try {
                var file = value("GITHUB_EVENT_PATH").map(Path::of);
                return file.isPresent() ? new ObjectMapper().readTree(file.get().toFile()) : MissingNode.getInstance();
            } catch (IOException | InvalidPathException e) {
                return MissingNode.getInstance();
            }
        }

        private static Optional<String> text(JsonNode node) {
            return Optional.of(node.asText()).filter(text -> !text.isBlank());
        }

        private boolean is(String name) {
            return value(name).filter("true"::equals).isPresent();
        }

        private Optional<String> value(String name) {
            return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
        }
    }
}
