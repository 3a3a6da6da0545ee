package dev.ephemera.forge;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.GitLabApiException;
import org.glassfish.jersey.client.ClientProperties;

/** Asks GitLab, waits where it tells us to, and says in one sentence why there is no answer. */
final class GitLabAnswers {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(30);
    /** For all pages of one question, and all waits in between: 1,000 open merge requests are 10 pages of a second each. */
    private static final Duration WHOLE_ANSWER = Duration.ofMinutes(2);
    /** GitLab counts by the minute; whoever is to wait for longer is told, and asks again in the next run. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Where GitLab does not say for how long. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);

    private static final int WAITS = 2;

    private static final int REDIRECTION = 3;
    private static final int HUNDRED = 100;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final GitLabApi api;

    /** What is asked; all of it is asked again after a wait, so half an answer never meets another half. */
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
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            return patiently(question);
                        } catch (GitLabApiException e) {
                            throw new CompletionException(e);
                        }
                    })
                    .orTimeout(WHOLE_ANSWER.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw failure(what, e);
        }
    }

    /** Whether GitLab itself says that there is no such thing, and not something on the way to it. */
    static boolean isAbsent(GitLabApiException refusal) {
        return refusal.getHttpStatus() == NOT_FOUND && isGitLabs(refusal);
    }

    private <T> T patiently(Question<T> question) throws GitLabApiException {
        for (int waits = 0; ; waits++) {
            try {
                return question.of(api);
            } catch (GitLabApiException | RuntimeException e) {
                var wait = refusal(e).flatMap(GitLabAnswers::wait);
                if (wait.isEmpty() || waits == WAITS) {
                    throw e;
                }
                sleep(wait.get());
            }
        }
    }

    /** How long it wants us to wait; empty when it does not, or for too long. */
    private static Optional<Duration> wait(GitLabApiException refusal) {
        if (refusal.getHttpStatus() != TOO_MANY) {
            return Optional.empty();
        }
        var wait = header(refusal, "Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(SHORT_WAIT);
        return Optional.of(wait).filter(longest -> longest.compareTo(LONGEST_WAIT) <= 0);
    }

    private static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** A proxy's or a load balancer's own pages are HTML, and prove nothing about a token or a merge request. */
    private static boolean isGitLabs(GitLabApiException refusal) {
        return header(refusal, "Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
    }

    private static Optional<String> header(GitLabApiException refusal, String name) {
        var headers = Optional.<Map<String, List<String>>>ofNullable(refusal.getHeaders());
        return headers.stream()
                .flatMap(all -> all.entrySet().stream())
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    private static Optional<GitLabApiException> refusal(Throwable thrown) {
        return causes(thrown)
                .filter(GitLabApiException.class::isInstance)
                .map(GitLabApiException.class::cast)
                .filter(refusal -> refusal.getHttpStatus() > 0)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }

    private static Failure failure(String what, Throwable thrown) {
        var told = causes(thrown).filter(Failure.class::isInstance).findFirst();
        if (told.isPresent()) {
            return (Failure) told.get();
        }
        var refusal = refusal(thrown);
        if (refusal.isPresent()) {
            return refused(what, refusal.get(), thrown);
        }
        if (causes(thrown)
                .anyMatch(cause -> cause instanceof TimeoutException || cause instanceof SocketTimeoutException)) {
            return new Failure(
                    Exit.UNDECIDED, "GitLab did not say in time what %s are; run again".formatted(what), thrown);
        }
        // Not the cause's own words: they may hold what was sent, or a page of HTML.
        var last = causes(thrown).reduce((first, second) -> second).orElse(thrown);
        return new Failure(
                Exit.UNDECIDED,
                "GitLab did not say what %s are (%s); run again when it does"
                        .formatted(what, last.getClass().getSimpleName()),
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
