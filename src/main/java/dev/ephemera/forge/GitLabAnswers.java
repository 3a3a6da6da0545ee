package dev.ephemera.forge;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.GitLabApiException;
import org.glassfish.jersey.client.ClientProperties;

/** Asks GitLab, waits where it tells us to, and says in one sentence why there is no answer. */
final class GitLabAnswers {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(30);
    /** Where GitLab does not say for how long. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);

    private static final int REDIRECTION = 3;
    private static final int HUNDRED = 100;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final GitLabApi api;

    /** What is asked. */
    interface Question<T> {
        T of(GitLabApi api) throws GitLabApiException;
    }

    /**
     * Asks nothing yet.
     *
     * @param server its address, without {@code /api/v4}
     */
    GitLabAnswers(String server, String token) {
        this.api = new GitLabApi(
                server, token, Map.of(ClientProperties.CONNECTOR_PROVIDER, WithoutRedirects.class.getName()));
        api.setRequestTimeout((int) CONNECT.toMillis(), (int) READ.toMillis());
    }

    /**
     * The answer.
     *
     * @param what is asked for, in the plural
     * @throws Failure when there is none
     */
    <T> T answer(String what, Question<T> question) {
        try {
            return Patience.answer(() -> question.of(api), GitLabAnswers::wait);
        } catch (CompletionException e) {
            throw failure(what, e);
        }
    }

    /** Whether GitLab itself says that there is no such thing, and not something on the way to it. */
    static boolean isAbsent(GitLabApiException refusal) {
        return refusal.getHttpStatus() == NOT_FOUND && isGitLabs(refusal);
    }

    /** GitLab counts by the minute. */
    private static Optional<Duration> wait(Exception failure, int waits) {
        return refusal(failure)
                .filter(refusal -> refusal.getHttpStatus() == TOO_MANY)
                .map(refusal -> Patience.retryAfter(refusal.getHeaders()).orElse(SHORT_WAIT));
    }

    /** A proxy's or a load balancer's own pages are HTML, and prove nothing about a token or a merge request. */
    private static boolean isGitLabs(GitLabApiException refusal) {
        return Patience.header(refusal.getHeaders(), "Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
    }

    private static Optional<GitLabApiException> refusal(Throwable thrown) {
        return Patience.causes(thrown)
                .filter(GitLabApiException.class::isInstance)
                .map(GitLabApiException.class::cast)
                .filter(refusal -> refusal.getHttpStatus() > 0)
                .findFirst();
    }

    private static Failure failure(String what, Throwable thrown) {
        var told = Patience.cause(thrown, Failure.class);
        if (told.isPresent()) {
            return told.get();
        }
        var refusal = refusal(thrown);
        if (refusal.isPresent()) {
            return refused(what, refusal.get(), thrown);
        }
        if (Patience.causes(thrown)
                .anyMatch(cause -> cause instanceof TimeoutException || cause instanceof SocketTimeoutException)) {
            return new Failure(
                    Exit.UNDECIDED, "GitLab did not say in time what %s are; run again".formatted(what), thrown);
        }
        return new Failure(
                Exit.UNDECIDED,
                "GitLab did not say what %s are (%s); run again when it does".formatted(what, Patience.deepest(thrown)),
                thrown);
    }

    private static Failure refused(String what, GitLabApiException refusal, Throwable thrown) {
        var status = refusal.getHttpStatus();
        var credentials = isGitLabs(refusal) && (status == UNAUTHORIZED || status == FORBIDDEN);
        var advice = "";
        if (credentials) {
            advice = status == UNAUTHORIZED
                    ? ", want a GITLAB_TOKEN that is valid"
                    : ", want a GITLAB_TOKEN with the scope api whose owner may read merge requests";
        } else if (status == TOO_MANY) {
            advice = " (a rate limit)";
        } else if (status / HUNDRED == REDIRECTION) {
            advice = " (it is elsewhere: want CI_API_V4_URL, or CI_SERVER_URL, and CI_PROJECT_ID as they are now)";
        }
        return new Failure(
                credentials ? Exit.CREDENTIALS : Exit.UNDECIDED,
                "GitLab did not say what %s are: status %d%s; run again when it does".formatted(what, status, advice),
                thrown);
    }
}
