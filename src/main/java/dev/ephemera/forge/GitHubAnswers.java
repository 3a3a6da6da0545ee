package dev.ephemera.forge;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.kohsuke.github.HttpException;

/** Asks GitHub, asks again where that may help, and says in one sentence why there is no answer. */
final class GitHubAnswers {
    /** Before each further try, where GitHub does not say. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

    private static final int SERVER_ERROR = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private GitHubAnswers() {}

    /**
     * The answer.
     *
     * @param what is asked for, in the plural
     * @throws Failure when there is none
     */
    static <T> T answer(String what, Callable<T> question) {
        try {
            return Patience.answer(question, GitHubAnswers::wait);
        } catch (CompletionException e) {
            throw failure(what, e);
        }
    }

    private static Optional<Duration> wait(Exception failure, int waits) {
        if (Patience.causes(failure)
                .anyMatch(cause -> cause instanceof Failure || cause instanceof FileNotFoundException)) {
            return Optional.empty();
        }
        var refusal = refusal(failure);
        if (refusal.isEmpty()) {
            return Patience.cause(failure, IOException.class).map(broken -> PAUSES.get(waits));
        }
        return refusal.get().getResponseCode() >= SERVER_ERROR
                ? Optional.of(PAUSES.get(waits))
                : Patience.retryAfter(refusal.get().getResponseHeaderFields());
    }

    private static Optional<HttpException> refusal(Throwable thrown) {
        return Patience.causes(thrown)
                .filter(HttpException.class::isInstance)
                .map(HttpException.class::cast)
                .filter(refusal -> refusal.getResponseCode() > 0)
                .findFirst();
    }

    private static Failure failure(String what, Throwable thrown) {
        var told = Patience.cause(thrown, Failure.class);
        if (told.isPresent()) {
            return told.get();
        }
        var refusal = refusal(thrown);
        if (refusal.isPresent()) {
            return refused(what, refusal.get().getResponseCode(), thrown);
        }
        if (Patience.cause(thrown, TimeoutException.class).isPresent()) {
            return new Failure(
                    Exit.UNDECIDED,
                    "GitHub did not say in %d s what %s are; run again"
                            .formatted(Patience.WHOLE_ANSWER.toSeconds(), what),
                    thrown);
        }
        return new Failure(
                Exit.UNDECIDED,
                "GitHub did not say what %s are (%s); run again when it does".formatted(what, Patience.deepest(thrown)),
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
