package dev.ephemera.forge;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.GitLabApiException;
import org.gitlab4j.api.models.JobStatus;
import org.gitlab4j.api.models.MergeRequest;
import org.gitlab4j.api.models.MergeRequestFilter;
import org.gitlab4j.api.models.Note;
import org.gitlab4j.models.Constants.MergeRequestOrderBy;
import org.gitlab4j.models.Constants.MergeRequestState;
import org.gitlab4j.models.Constants.SortOrder;

/** GitLab, its cloud or one's own, for the project that a pipeline runs in. */
final class GitLabForge implements Forge {
    private static final String CLOUD = "https://gitlab.com";
    private static final String API = "/api/v4";
    /** Without a user in it: that would be a secret. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[^@?#\\s/]+[^@?#\\s]*");

    private static final Pattern PROJECT =
            Pattern.compile("[1-9][0-9]{0,17}|[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");
    /** GitLab's most. */
    private static final int PAGE = 100;
    /** GitLab locks one while it merges it, and opens it again where that fails. */
    private static final Set<String> OPEN = Set.of("opened", "locked");

    private static final Set<String> CLOSED = Set.of("closed", "merged");
    private static final Pattern JOB = Pattern.compile("https?://.+/-/jobs/([1-9][0-9]{0,17})");
    private static final Set<JobStatus> ENDED =
            Set.of(JobStatus.SUCCESS, JobStatus.FAILED, JobStatus.CANCELED, JobStatus.SKIPPED);
    /** As git writes a commit that is none: a merge request whose branch is gone has no head. */
    private static final String NO_COMMIT = "0".repeat(40);

    private final GitLabAnswers gitLab;
    private final String project;
    private final String server;
    private final Clock clock;

    private GitLabForge(GitLabAnswers gitLab, String project, String server, Clock clock) {
        this.gitLab = gitLab;
        this.server = server;
        this.project = project;
        this.clock = clock;
    }

    /**
     * By GitLab CI's variables: {@code CI_PROJECT_ID} (or {@code group/project}), {@code CI_API_V4_URL} or
     * {@code CI_SERVER_URL}; and {@code GITLAB_TOKEN}, because a job's own token may not read merge requests.
     */
    static GitLabForge of(Map<String, String> environment) {
        var token = value(environment, "GITLAB_TOKEN")
                .orElseThrow(() -> unset(Exit.CREDENTIALS, "GITLAB_TOKEN", "a token with the scope api"));
        var project = value(environment, "CI_PROJECT_ID")
                .orElseThrow(() -> unset(Exit.USAGE, "CI_PROJECT_ID", "the project's number, or group/project"));
        if (!PROJECT.matcher(project).matches()) {
            throw new Failure(
                    Exit.USAGE,
                    "--forge gitlab: CI_PROJECT_ID: got \"%s\", want the project's number, or group/project"
                            .formatted(project));
        }
        var server = server(environment);
        return new GitLabForge(new GitLabAnswers(server, token), project, server, Clock.systemUTC());
    }

    private static String server(Map<String, String> environment) {
        var api = value(environment, "CI_API_V4_URL");
        var name = api.isPresent() ? "CI_API_V4_URL" : "CI_SERVER_URL";
        var end = api.isPresent() ? API : "";
        var address = api.or(() -> value(environment, "CI_SERVER_URL")).orElse(CLOUD);
        if (!ADDRESS.matcher(address).matches() || !address.endsWith(end)) {
            throw new Failure(
                    Exit.USAGE,
                    "--forge gitlab: %s is no address of a GitLab, want one such as %s%s".formatted(name, CLOUD, end));
        }
        return address.substring(0, address.length() - end.length());
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static Failure unset(Exit exit, String name, String wanted) {
        return new Failure(
                exit, "--forge gitlab: %s is not set, want %s; set it, and run again".formatted(name, wanted));
    }

    @Override
    public PullRequests open() {
        return gitLab.answer("the open merge requests", api -> {
            // Before the first page: what is opened while they come may be missing.
            var asOf = clock.instant();
            return open(api, id(api), asOf);
        });
    }

    private static PullRequests open(GitLabApi api, long id, Instant asOf) throws GitLabApiException {
        // The oldest first: what is opened meanwhile comes last, and moves no other to a page that has been read.
        var filter = new MergeRequestFilter()
                .withProjectId(id)
                .withState(MergeRequestState.OPENED)
                .withOrderBy(MergeRequestOrderBy.CREATED_AT)
                .withSort(SortOrder.ASC);
        var pages = api.getMergeRequestApi().getMergeRequests(filter, PAGE);
        var total = pages.getTotalItems();
        var found = pages.all();
        var distinct = found.stream().map(MergeRequest::getIid).distinct().count();
        // What is closed meanwhile moves the others up, one of them over the edge between two pages.
        if (distinct < Math.max(total, found.size())) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "GitLab did not say what the open merge requests are: it named %d of %d, perhaps because some were closed meanwhile; run again"
                            .formatted(distinct, Math.max(total, found.size())));
        }
        // A last page that is full may be the last only because somebody on the way took away what says that there are
        // more.
        if (!found.isEmpty()
                && found.size() % PAGE == 0
                && !api.getMergeRequestApi()
                        .getMergeRequests(filter, found.size() / PAGE + 1, PAGE)
                        .isEmpty()) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "GitLab did not say what the open merge requests are: there are more than it counted; run again");
        }
        return new PullRequests(
                true, asOf, found.stream().map(each -> pullRequest(each, id)).toList());
    }

    @Override
    public Optional<PullRequest> find(long number) {
        return gitLab.answer("the facts of merge request " + number, api -> {
            var id = id(api);
            try {
                return Optional.of(pullRequest(api.getMergeRequestApi().getMergeRequest(id, number), id));
            } catch (GitLabApiException e) {
                if (!GitLabAnswers.isAbsent(e)) {
                    throw e;
                }
                return listed(api, id, number);
            }
        });
    }

    /** Whoever may see the project and not its merge requests is told that there is none, but may not list them either. */
    private static Optional<PullRequest> listed(GitLabApi api, long id, long number) throws GitLabApiException {
        var filter = new MergeRequestFilter()
                .withProjectId(id)
                .withIids(List.of(number))
                .withState(MergeRequestState.ALL);
        return api.getMergeRequestApi().getMergeRequests(filter, 1, PAGE).stream()
                .map(each -> pullRequest(each, id))
                .filter(each -> each.number() == number)
                .findFirst();
    }

    /** A note of somebody else's that begins the same is not touched: anybody may write one. */
    @Override
    public void say(long number, String mark, String markdown) {
        var text = mark + "\n" + markdown;
        gitLab.answer("the notes of merge request " + number, api -> {
            var id = id(api);
            var notes = api.getNotesApi();
            var own = own(api, id, number, mark);
            if (own.isEmpty()) {
                notes.createMergeRequestNote(id, number, text, null, null);
            } else if (!own.get().getBody().strip().equals(text.strip())) {
                notes.updateMergeRequestNote(id, number, own.get().getId(), text);
            }
            return true;
        });
    }

    private static Optional<Note> own(GitLabApi api, long id, long number, String mark) throws GitLabApiException {
        var self = api.getUserApi().getCurrentUser().getId();
        var pages = api.getNotesApi().getMergeRequestNotes(id, number, SortOrder.ASC, Note.OrderBy.CREATED_AT, PAGE);
        return pages.lazyStream()
                .filter(note -> note.getBody() != null && note.getBody().startsWith(mark))
                .filter(note ->
                        note.getAuthor() != null && self.equals(note.getAuthor().getId()))
                .findFirst();
    }

    @Override
    public boolean hasEnded(String run) {
        var address = JOB.matcher(run);
        return run.startsWith(server + "/")
                && address.matches()
                && gitLab.answer("the state of job " + address.group(1), api -> {
                    try {
                        return ENDED.contains(api.getJobApi()
                                .getJob(id(api), Long.valueOf(address.group(1)))
                                .getStatus());
                    } catch (GitLabApiException e) {
                        if (GitLabAnswers.isAbsent(e)) {
                            // Another project's, or one that was deleted: nobody can tell.
                            return false;
                        }
                        throw e;
                    }
                });
    }

    /** The project first: without it, nothing that GitLab does not show is proven to be absent. */
    private long id(GitLabApi api) throws GitLabApiException {
        try {
            return api.getProjectApi().getProject(project).getId();
        } catch (GitLabApiException e) {
            if (GitLabAnswers.isAbsent(e)) {
                // A token without rights is told so too.
                throw new Failure(
                        Exit.CREDENTIALS,
                        "GitLab has no project %s for this GITLAB_TOKEN, want one that may read it".formatted(project),
                        e);
            }
            throw e;
        }
    }

    private static PullRequest pullRequest(MergeRequest found, long id) {
        if (found.getIid() == null || found.getSourceBranch() == null || found.getAuthor() == null) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "GitLab's answer about merge request %s lacks its number, branch or author; run again"
                            .formatted(found.getIid()));
        }
        if (!OPEN.contains(found.getState()) && !CLOSED.contains(found.getState())) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "GitLab says that merge request %d is \"%s\", want opened, locked, closed or merged"
                            .formatted(found.getIid(), found.getState()));
        }
        return new PullRequest(
                found.getIid(),
                OPEN.contains(found.getState()),
                Optional.ofNullable(found.getSha()).orElse(NO_COMMIT),
                found.getSourceBranch(),
                found.getAuthor().getUsername(),
                Set.copyOf(Optional.ofNullable(found.getLabels()).orElse(List.of())),
                // A source project that was deleted has no number: nobody knows who may push there.
                !Long.valueOf(id).equals(found.getSourceProjectId()));
    }
}
