package dev.ephemera.forge;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHWorkflowRun;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.extras.HttpClientGitHubConnector;

/** GitHub, its cloud or an enterprise's, for the repository that a workflow runs in. */
final class GitHubForge implements Forge {
    private static final String CLOUD = "https://api.github.com";
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");
    private static final String CLOUD_PAGES = "https://github.com";
    /** Of a run of this repository, on this server. */
    private static final String RUN = "%s/%s/actions/runs/([0-9]{1,18})/attempts/([0-9]{1,6})";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** GitHub's most. */
    private static final int PAGE = 100;

    /** How the names of a workflow's token and of apps end, and no person's. */
    private static final String BOT = "[bot]";

    private final GitHub gitHub;
    private final String repository;
    private final String pages;
    private final Clock clock;

    private GitHubForge(GitHub gitHub, String repository, String pages, Clock clock) {
        this.gitHub = gitHub;
        this.pages = pages;
        this.repository = repository;
        this.clock = clock;
    }

    /** By GitHub Actions' variables: {@code GITHUB_REPOSITORY}, {@code GITHUB_TOKEN}, {@code GITHUB_API_URL}. */
    static GitHubForge of(Map<String, String> environment) {
        var token = given(environment, "GITHUB_TOKEN", Exit.CREDENTIALS, "a token that may read pull requests");
        var repository = given(environment, "GITHUB_REPOSITORY", Exit.USAGE, "owner/name");
        if (!REPOSITORY.matcher(repository).matches()) {
            throw new Failure(
                    Exit.USAGE, "--forge github: GITHUB_REPOSITORY: got \"%s\", want owner/name".formatted(repository));
        }
        try {
            var gitHub = new GitHubBuilder()
                    .withEndpoint(environment.getOrDefault("GITHUB_API_URL", CLOUD))
                    .withOAuthToken(token)
                    .withConnector(new HttpClientGitHubConnector(
                            HttpClient.newBuilder().connectTimeout(CONNECT).build()))
                    // A limit lasts up to an hour: the run says so, and the next one asks again.
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .build();
            var pages = environment.getOrDefault("GITHUB_SERVER_URL", CLOUD_PAGES);
            return new GitHubForge(gitHub, repository, pages, Clock.systemUTC());
        } catch (IOException e) {
            throw new Failure(Exit.UNDECIDED, "GitHub cannot be asked: %s".formatted(e.getMessage()), e);
        }
    }

    private static String given(Map<String, String> environment, String name, Exit exit, String wanted) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new Failure(
                        exit, "--forge github: %s is not set, want %s; set it, and run again".formatted(name, wanted)));
    }

    @Override
    public PullRequests open() {
        return GitHubAnswers.answer("the open pull requests", () -> {
            // Before the first page: what is opened while they come may be missing.
            var asOf = clock.instant();
            return new PullRequests(
                    true,
                    asOf,
                    repository()
                            .queryPullRequests()
                            .state(GHIssueState.OPEN)
                            .list()
                            .withPageSize(PAGE)
                            .toList()
                            .stream()
                            .map(this::pullRequest)
                            .toList());
        });
    }

    @Override
    public Optional<PullRequest> find(long number) {
        return GitHubAnswers.answer("pull request " + number, () -> {
            var found = repository();
            try {
                return Optional.of(pullRequest(found.getPullRequest(Math.toIntExact(number))));
            } catch (FileNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** A comment of somebody else's that begins the same is not touched: GitHub lets nobody edit it but its author and us. */
    @Override
    public void say(long number, String mark, String markdown) {
        var text = mark + "\n" + markdown;
        GitHubAnswers.answer("the comments of pull request " + number, () -> {
            var pullRequest = repository().getPullRequest(Math.toIntExact(number));
            for (var comment : pullRequest.listComments().withPageSize(PAGE)) {
                if (comment.getBody().startsWith(mark) && isOurs(comment)) {
                    if (!comment.getBody().equals(text)) {
                        comment.update(text);
                    }
                    return true;
                }
            }
            pullRequest.comment(text);
            return true;
        });
    }

    // What is meant to replace it asks GitHub for each author.
    @SuppressWarnings("deprecation")
    private static boolean isOurs(GHIssueComment comment) {
        return comment.getUserName().endsWith(BOT);
    }

    /** As deployments of an environment of the pull request's own. */
    @Override
    public void show(long number, String commit, Progress progress, Optional<String> address) {
        GitHubAnswers.answer("the deployments of " + GitHubDeployments.name(number), () -> {
            new GitHubDeployments(repository(), number).say(commit, progress, address);
            return true;
        });
    }

    @Override
    public boolean hasEnded(String run) {
        var address = Pattern.compile(RUN.formatted(Pattern.quote(pages), Pattern.quote(repository)))
                .matcher(run);
        return address.matches()
                && GitHubAnswers.answer("what has become of " + run, () -> {
                    var now = repository().getWorkflowRun(Long.parseLong(address.group(1)));
                    // There is a later attempt of the same run only when the one before has ended.
                    return now.getStatus() == GHWorkflowRun.Status.COMPLETED
                            || now.getRunAttempt() > Long.parseLong(address.group(2));
                });
    }

    private GHRepository repository() throws IOException {
        try {
            return gitHub.getRepository(repository);
        } catch (FileNotFoundException e) {
            // A token without rights is told so too: it is no proof that anything is closed.
            throw new Failure(
                    Exit.CREDENTIALS,
                    "GitHub has no repository %s for this GITHUB_TOKEN, want one that may read it"
                            .formatted(repository),
                    e);
        }
    }

    private PullRequest pullRequest(GHPullRequest found) {
        try {
            // A head whose repository was deleted has none: nobody knows who may push there.
            var head = found.getHead().getRepository();
            return new PullRequest(
                    found.getNumber(),
                    found.getState() == GHIssueState.OPEN,
                    found.getHead().getSha(),
                    found.getHead().getRef(),
                    found.getUser().getLogin(),
                    found.getLabels().stream().map(GHLabel::getName).collect(Collectors.toSet()),
                    head == null || !head.getFullName().equalsIgnoreCase(repository));
        } catch (IOException e) {
            throw new GHException("pull request " + found.getNumber(), e);
        }
    }
}
