package dev.ephemera.lifecycle;

import dev.ephemera.model.PullRequest;
import java.util.Optional;

/**
 * Whether a pull request may have an environment now, by what its forge says now: the event that has started a run may be
 * old.
 */
public sealed interface Admission {
    /** What a maintainer's label begins with; behind it stands the commit, so that a push takes the permission away. */
    String LABEL = "preview:";

    /** It may. */
    record Admitted(PullRequest pullRequest) implements Admission {}

    /** It may not. */
    record Refused(String reason) implements Admission {}

    /** It may not, and what it has is to go. */
    record Ended(String reason) implements Admission {}

    /**
     * Decides.
     *
     * @param number the pull request's
     * @param now as the forge has it; empty when it has none
     * @param commit the one that was built; empty when nobody says
     */
    static Admission of(long number, Optional<PullRequest> now, Optional<String> commit) {
        if (now.isEmpty() || !now.get().open()) {
            return new Ended(
                    now.isEmpty()
                            ? "there is no pull request %d".formatted(number)
                            : "pull request %d is closed".formatted(number));
        }
        var pullRequest = now.get();
        if (commit.filter(built -> !pullRequest.head().equals(built)).isPresent()) {
            return new Refused("pull request %d shows commit %s by now, got %s: the run for that one brings it up"
                    .formatted(number, pullRequest.head(), commit.get()));
        }
        if (pullRequest.fork() && !pullRequest.labels().contains(LABEL + pullRequest.head())) {
            return new Refused(
                    "pull request %d comes from a fork, where somebody may push who may not push here: want the label %s%s, which a maintainer gives it when this commit has been read; another commit wants another label"
                            .formatted(number, LABEL, pullRequest.head()));
        }
        return new Admitted(pullRequest);
    }
}
