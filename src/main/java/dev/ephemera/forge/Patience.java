package dev.ephemera.forge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How any forge is asked: for so long, and again where that may help. */
final class Patience {
    /**
     * For all pages of one question, and all waits in between: 1,000 open pull requests are 10 pages of a second each.
     */
    static final Duration WHOLE_ANSWER = Duration.ofMinutes(2);

    /** Whoever is to wait for longer is told, and asks again in the next run. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final int WAITS = 2;

    private Patience() {}

    /** How long to wait before it is asked again; empty where that would not help. */
    interface Rule {
        /**
         * Decides.
         *
         * @param waits how often it was waited before
         */
        Optional<Duration> wait(Exception failure, int waits);
    }

    /**
     * The answer.
     *
     * @param question all of it is asked again, so half an answer never meets another half
     * @throws CompletionException when there is none in time; why is among its {@link #causes}
     */
    static <T> T answer(Callable<T> question, Rule rule) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return patiently(question, rule);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                })
                .orTimeout(WHOLE_ANSWER.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static <T> T patiently(Callable<T> question, Rule rule) throws Exception {
        for (var waits = 0; ; waits++) {
            try {
                return question.call();
            } catch (Exception e) {
                var wait = waits == WAITS ? Optional.<Duration>empty() : rule.wait(e, waits);
                if (wait.filter(longest -> longest.compareTo(LONGEST_WAIT) <= 0).isEmpty()) {
                    throw e;
                }
                Thread.sleep(wait.get().toMillis());
            }
        }
    }

    /** What it wants us to wait; empty when it does not say. */
    static Optional<Duration> retryAfter(@Nullable Map<String, List<String>> headers) {
        return header(headers, "Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** A header's first value, however its name is written. */
    static Optional<String> header(@Nullable Map<String, List<String>> headers, String name) {
        return Optional.ofNullable(headers).stream()
                .flatMap(all -> all.entrySet().stream())
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    /** A failure, and what has led to it, the deepest last. */
    static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }

    /** The first of a kind among {@link #causes}. */
    static <E extends Throwable> Optional<E> cause(Throwable thrown, Class<E> kind) {
        return causes(thrown).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** The class of the deepest cause; not its words, which may hold what was sent, or a page of HTML. */
    static String deepest(Throwable thrown) {
        return causes(thrown)
                .reduce((first, second) -> second)
                .orElse(thrown)
                .getClass()
                .getSimpleName();
    }
}
