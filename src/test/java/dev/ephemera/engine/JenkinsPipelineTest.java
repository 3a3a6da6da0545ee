package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.GroovyShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ci/jenkins/Jenkinsfile} with the real shell and git, and a {@code ci/ephemera} that only notes what it was told. */
@Timeout(60)
class JenkinsPipelineTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> PULL_REQUEST = Map.of(
            "CHANGE_ID", "12", "CHANGE_BRANCH", "$(touch x)", "CHANGE_TITLE", "`touch x`", "BRANCH_NAME", "PR-12");
    private static final Map<String, String> DEFAULT_BRANCH = Map.of("BRANCH_NAME", "main");
    private static final int REFUSED = 4;

    @TempDir
    private Path directory;

    private GitRepository repository;
    private Path origin;
    private Path told;
    private Jenkins jenkins;
    private final Map<String, String> agent = new HashMap<>();

    @BeforeEach
    void layOut() throws Exception {
        origin = directory.resolve("origin.git");
        told = directory.resolve("told");
        repository = GitRepository.init(directory.resolve("shop"));
        GitRepository.run("git", "init", "--quiet", "--bare", "--initial-branch=main", origin.toString());
        program("setup", """
                echo "setup $1 with ${GITHUB_TOKEN:-no token}" >> "$TOLD"
                [ "$1" != --shell ] || echo 'export PULUMI="found by setup"'
                """);
        program("ephemera", """
                for argument; do echo "$argument"; done >> "$TOLD"
                echo "$PULUMI, tag ${EPHEMERA_IMAGE_TAG:-none}, $(cat stacks/application.yaml)" >> "$TOLD"
                echo "$GITHUB_REPOSITORY ${GITHUB_TOKEN:-$GITLAB_TOKEN} $PULUMI_CONFIG_PASSPHRASE $KUBECONFIG $AWS_WEB_IDENTITY_TOKEN_FILE" >> "$TOLD.with"
                exit "${EXIT:-0}"
                """);
        commit("of the default branch", "main");
        agent.putAll(Map.of("PATH", System.getenv("PATH"), "TOLD", told.toString()));
        jenkins = jenkins();
    }

    private Jenkins jenkins() {
        return new Jenkins(
                        directory,
                        agent,
                        Map.of(
                                "ephemera-forge", "planted-token",
                                "ephemera-passphrase", "planted-passphrase",
                                "ephemera-kubeconfig", "/kubeconfig",
                                "ephemera-aws", "/aws-token"))
                .edited("def repository = '", "file://" + origin);
    }

    private void program(String name, String script) throws IOException {
        var file = repository.folder().resolve("ci").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The object name of a new commit, which {@code branch}, or that reference, of the origin then shows. */
    private String commit(String application, String branch) throws Exception {
        repository.write("stacks/application.yaml", application);
        return commit(branch);
    }

    private String commit(String branch) throws Exception {
        var commit = repository.commit();
        var reference = branch.startsWith("refs/") ? branch : "refs/heads/" + branch;
        repository.git("push", "--quiet", origin.toString(), "+HEAD:" + reference);
        return commit;
    }

    /** A pull request that brings a program of its own, which must never run. */
    private String pullRequest(String application) throws Exception {
        program("ephemera", "echo hijacked >> \"$TOLD\"");
        program("setup", "echo hijacked >> \"$TOLD\"");
        return commit(application, "refs/pull/12/head");
    }

    /** What {@code ci/ephemera} was told in the last build, and by which data. */
    private List<String> told() throws IOException {
        var lines = Files.readAllLines(told).stream()
                .filter(line -> !line.startsWith("setup "))
                .toList();
        Files.delete(told);
        return lines;
    }

    private static Map<String, String> byHand(String verb, String target) {
        return Map.of("VERB", verb, "TARGET", target);
    }

    @Test
    void anOpenPullRequestIsBroughtUpByTheDefaultBranchsProgramFromItsOwnData() throws Exception {
        var head = pullRequest("of the pull request");

        jenkins.build(PULL_REQUEST, NOTHING).succeeded();

        assertThat(told())
                .containsExactly(
                        "up",
                        "--pull-request",
                        "12",
                        "--commit",
                        head,
                        "--forge",
                        "github",
                        "found by setup, tag " + head + ", of the pull request");
    }

    @Test
    void aPushIsBroughtUpAsWhatWasPushedWithWhatTheDefaultBranchHasByThen() throws Exception {
        pullRequest("of the pull request");
        jenkins.build(PULL_REQUEST, NOTHING).succeeded();
        told();
        program("setup", "[ \"$1\" != --shell ] || echo 'PULUMI=newer'");
        program("ephemera", "echo \"newer program, $(cat stacks/application.yaml)\" >> \"$TOLD\"");
        commit("of the default branch", "main");
        pullRequest("of the push");

        jenkins.build(PULL_REQUEST, NOTHING).succeeded();

        assertThat(told()).containsExactly("newer program, of the push");
    }

    @Test
    void whatABranchIsCalledRunsNothing() throws Exception {
        pullRequest("of the pull request");
        jenkins.build(PULL_REQUEST, NOTHING).succeeded();
        told();
        var branch = "$(touch${IFS}x);`touch${IFS}x`";
        var head = commit("of the branch", branch);

        jenkins.build(DEFAULT_BRANCH, byHand("up --branch", branch)).succeeded();

        assertThat(told()).containsExactly("up", "--branch", branch, "found by setup, tag " + head + ", of the branch");
        jenkins.build(DEFAULT_BRANCH, byHand("destroy --branch", branch)).succeeded();
        assertThat(told()).startsWith("destroy", "--branch", branch);
        assertThat(jenkins.build(DEFAULT_BRANCH, byHand("up --branch", "$(touch x)"))
                        .failed()
                        .output())
                .as("no branch can be called so")
                .contains("fatal:");
        assertThat(told).doesNotExist();
        assertThat(jenkins.workspace().resolve("x")).doesNotExist();
    }

    @Test
    void theDefaultBranchsJobReapsByTheClockAndAfterEachPush() throws Exception {
        commit("of a branch", "hotfix");
        jenkins.build(DEFAULT_BRANCH, byHand("up --branch", "hotfix")).succeeded();
        told();

        jenkins.build(DEFAULT_BRANCH, NOTHING).succeeded();

        var reaped = List.of("reap", "--forge", "github", "--yes", "found by setup, tag none, of the default branch");
        assertThat(told()).isEqualTo(reaped);
        assertThat(jenkins.properties()).anyMatch(property -> property.contains("cron H * * * *"));
        jenkins.build(DEFAULT_BRANCH, byHand("reap", "")).succeeded();
        assertThat(told()).as("with the job's first parameters").isEqualTo(reaped);
    }

    @ParameterizedTest
    @CsvSource({
        "destroy --pull-request, 12, 'destroy --pull-request 12 --forge github'",
        "destroy --branch, hotfix, 'destroy --branch hotfix'",
        "destroy --branch, --help, 'destroy --branch --help'",
    })
    void byHandAnEnvironmentIsTakenAway(String verb, String target, String expected) throws Exception {
        jenkins.build(DEFAULT_BRANCH, byHand(verb, target)).succeeded();

        assertThat(String.join(" ", told())).isEqualTo(expected + " found by setup, tag none, of the default branch");
    }

    @Test
    void everyVerbThatCanBeChosenByHandIsOne() {
        jenkins.build(DEFAULT_BRANCH, NOTHING).succeeded();

        assertThat(jenkins.properties())
                .anyMatch(property ->
                        property.contains("choices=[reap, up --branch, destroy --branch, destroy --pull-request]"));
    }

    @Test
    void buildsOfAJobWaitForEachOtherAndAreNeverCancelled() throws Exception {
        pullRequest("of the pull request");
        jenkins.build(PULL_REQUEST, NOTHING).succeeded();

        assertThat(jenkins.properties()).containsExactly("disableConcurrentBuilds {abortPrevious=false}");
        jenkins.build(DEFAULT_BRANCH, NOTHING).succeeded();
        assertThat(jenkins.properties()).contains("disableConcurrentBuilds {abortPrevious=false}");
    }

    @Test
    void theJobOfAnotherBranchDoesNothing() {
        var log = jenkins.build(Map.of("BRANCH_NAME", "feature/checkout"), NOTHING)
                .succeeded()
                .output();

        assertThat(log).contains("in the job of main");
        assertThat(told).doesNotExist();
        assertThat(jenkins.properties()).isEmpty();
    }

    @Test
    void credentialsAreThereForTheVerbOnly() throws Exception {
        pullRequest("of the pull request");

        var log = jenkins.build(PULL_REQUEST, NOTHING).succeeded().output();

        assertThat(told).content().contains("setup engine with no token");
        assertThat(directory.resolve("told.with"))
                .content()
                .isEqualTo("your-organization/shop planted-token planted-passphrase /kubeconfig /aws-token\n");
        assertThat(log).as("what the shell prints of what it does").doesNotContain("planted");
    }

    @Test
    void aRefusalFailsTheBuild() throws Exception {
        pullRequest("of the pull request");
        agent.put("EXIT", String.valueOf(REFUSED));

        assertThat(jenkins().build(PULL_REQUEST, NOTHING).exitCode()).isEqualTo(REFUSED);
    }

    @Test
    void aHeadWithoutAnApplicationIsNotBroughtUpAsTheDefaultBranchs() throws Exception {
        Files.delete(repository.folder().resolve("stacks/application.yaml"));
        commit("refs/pull/12/head");

        assertThat(jenkins.build(PULL_REQUEST, NOTHING).failed().output()).contains("stacks/application.yaml");
        assertThat(told()).isEmpty();
    }

    @Test
    void aMergeRequestIsTakenFromWhereGitLabHasIt() throws Exception {
        var head = commit("of the merge request", "refs/merge-requests/12/head");

        jenkins.edited("def forge = '", "gitlab").build(PULL_REQUEST, NOTHING).succeeded();

        assertThat(told()).contains(head, "gitlab");
        assertThat(directory.resolve("told.with")).content().contains(" planted-token ");
    }

    @Test
    void jenkinsCanMakeItAProgramThatSurvivesARestart() throws Exception {
        var configuration = new CompilerConfiguration();
        configuration.addCompilationCustomizers(new CpsTransformer());
        configuration.setScriptBaseClass(SerializableScript.class.getName());

        assertThat(new GroovyShell(configuration)
                        .parse(Path.of("ci/jenkins/Jenkinsfile").toFile()))
                .isInstanceOf(SerializableScript.class);
    }
}
