package dev.ephemera.forge;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** GitHub, GitLab, or a file that says what they would. Each answers what is true now, whatever event has started a run. */
public interface Forge {
    /**
     * The one that {@code address} means.
     *
     * @param address {@code github}, {@code gitlab} or {@code file:PATH}
     * @param environment says which repository, and with whose rights it is asked
     * @throws Failure when it is none, or the environment does not say enough
     */
    static Forge at(String address, Map<String, String> environment) {
        if (address.equals("github")) {
            return GitHubForge.of(environment);
        }
        if (address.equals("gitlab")) {
            return GitLabForge.of(environment);
        }
        if (address.startsWith("file:") && address.length() > "file:".length()) {
            return new FileForge(Path.of(address.substring("file:".length())));
        }
        throw new Failure(Exit.USAGE, "--forge: got \"%s\", want github, gitlab or file:PATH".formatted(address));
    }

    /**
     * All open pull requests.
     *
     * @throws Failure when it does not answer
     */
    PullRequests open();

    /**
     * One, open or closed; empty when there never was one with this number.
     *
     * @throws Failure when it does not answer well enough to say so
     */
    Optional<PullRequest> find(long number);

    /**
     * Says something under a pull request: in the one comment that begins with {@code mark}, which is edited, or made where
     * there is none yet.
     *
     * @param mark that no reader sees, such as an HTML comment
     * @param markdown what it says from now on
     * @throws Failure when it cannot be said
     */
    void say(long number, String mark, String markdown);

    /**
     * Shows how far a pull request's environment is, where the forge has a place for that beside its comments.
     *
     * @param commit that the environment shows, or is to
     * @param address where a browser opens it; empty when it cannot be
     * @throws Failure when it cannot be shown
     */
    default void show(long number, String commit, Progress progress, Optional<String> address) {
        // It has none.
    }

    /**
     * Whether a CI run has ended for certain, so that nobody works any more for whom it did.
     *
     * @param run its address, as the CI system itself says it to the run
     * @return false where it goes on, where the address is none of this forge's, and where nobody can tell
     */
    default boolean hasEnded(String run) {
        return false;
    }
}
