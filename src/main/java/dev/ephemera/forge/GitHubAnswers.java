package dev.ephemera.forge;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.kohsuke.github.HttpException;

/** Asks GitHub, asks again where that may help, and says in one sentence why there is no answer. */
final class GitHubAnswers {
    /** For all pages of one question, and all waits: 1,000 open pull requests are 10 pages of a second each. */
    private static final Duration WHOLE_ANSWER = Duration.ofMinutes(2);
    /** Before each further try. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(500), Duration.ofSeconds(2));
    /** Whoever is to wait for longer is told, and asks again in the next run. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final String RETRY_AFTER = "Retry-After";
    private static final int SERVER_ERROR = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private GitHubAnswers() {}

    /**
     * The answer.
     *
     * @param what is asked for, in the plural
     * @param question all of it is asked again, so half an answer never meets another half
     * @throws Failure when there is none
     */
    static <T> T answer(String what, Callable<T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            return patiently(question);
                        } catch (Failure e) {
                            throw e;
                        } catch (Exception e) {
                            throw new CompletionException(e);
                        }
                    })
                    .orTimeout(WHOLE_ANSWER.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw failure(what, e);
        }
    }

    private static <T> T patiently(Callable<T> question) throws Exception {
        for (var pause : PAUSES) {
            try {
                return question.call();
            } catch (IOException | RuntimeException e) {
                var wait = wait(e, pause);
                if (wait.isEmpty()) {
                    throw e;
                }
                Thread.sleep(wait.get().toMillis());
            }
        }
        return question.call();
    }

    /** How long to wait before it is asked again; empty where that would not help, or take too long. */
    private static Optional<Duration> wait(Exception failure, Duration pause) {
        if (causes(failure).anyMatch(cause -> cause instanceof Failure || cause instanceof FileNotFoundException)) {
            return Optional.empty();
        }
        var refusal = refusal(failure);
        if (refusal.isEmpty()) {
            return causes(failure).anyMatch(IOException.class::isInstance) ? Optional.of(pause) : Optional.empty();
        }
        return refusal.get().getResponseCode() >= SERVER_ERROR
                ? Optional.of(pause)
                : retryAfter(refusal.get()).filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0);
    }

    private static Optional<Duration> retryAfter(HttpException refusal) {
        return Optional.ofNullable(refusal.getResponseHeaderFields()).stream()
                .flatMap(headers -> headers.entrySet().stream())
                .filter(header -> RETRY_AFTER.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .findFirst();
    }

    private static Optional<HttpException> refusal(Throwable thrown) {
        return causes(thrown)
                .filter(HttpException.class::isInstance)
                .map(HttpException.class::cast)
                .filter(refusal -> refusal.getResponseCode() > 0)
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
            return refused(what, refusal.get().getResponseCode(), thrown);
        }
        if (causes(thrown).anyMatch(TimeoutException.class::isInstance)) {
            return new Failure(
                    Exit.UNDECIDED,
                    "GitHub did not say in %d s what %s are; run again".formatted(WHOLE_ANSWER.toSeconds(), what),
                    thrown);
        }
        // Not the cause's own words: they may hold what was sent, or a page of HTML.
        var last = causes(thrown).reduce((first, second) -> second).orElse(thrown);
        return new Failure(
                Exit.UNDECIDED,
                "GitHub did not say what %s are (%s); run again when it does"
                        .formatted(what, last.getClass().getSimpleName()),
                thrown);
    }

    private static Failure refused(String what, int status, Throwable thrown) {
        var advice = "";
        if (status == UNAUTHORIZED) {
            advice = ", want a GITHUB_TOKEN that is valid";
        } else if (status == FORBIDDEN) {
            advice = " (a rate limit, or a GITHUB_TOKEN that may not)";
        }
        return new Failure(
                status == UNAUTHORIZED ? Exit.CREDENTIALS : Exit.UNDECIDED,
                "GitHub did not say what %s are: status %d%s; run again when it does".formatted(what, status, advice),
                thrown);
    }
}
