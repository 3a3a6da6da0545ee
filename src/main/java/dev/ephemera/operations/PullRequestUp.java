package dev.ephemera.operations;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.lifecycle.Admission;
import dev.ephemera.lifecycle.Admission.Admitted;
import dev.ephemera.lifecycle.Admission.Ended;
import dev.ephemera.lifecycle.Admission.Refused;
import dev.ephemera.model.PullRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings a pull request's environment up, where its forge says so: asked before, and again after, because it takes minutes
 * and the event that says that it was closed may have no run of its own.
 */
public final class PullRequestUp {
    private final Forge forge;
    private final long number;
    private final Optional<String> commit;
    private final Consumer<String> tell;

    /**
     * Prepares it.
     *
     * @param commit the one that was built; empty when nobody says
     * @param tell gets each line for the person who waits
     */
    public PullRequestUp(Forge forge, long number, Optional<String> commit, Consumer<String> tell) {
        this.forge = forge;
        this.number = number;
        this.commit = commit;
        this.tell = tell;
    }

    /**
     * Does it, to be called when it is this process's turn.
     *
     * @param up brings it up, with these variables for the program
     * @param destroy takes it away, when the pull request was closed meanwhile
     * @throws Failure when it may not be brought up, or was not
     */
    public void run(Consumer<Map<String, String>> up, Runnable destroy) {
        var pullRequest = admitted();
        try {
            up.accept(facts(pullRequest));
        } catch (Failure failure) {
            if (failure.exit() == Exit.INTERRUPTED || !destroyedIfEnded(destroy)) {
                throw failure;
            }
            return;
        }
        destroyedIfEnded(destroy);
    }

    private PullRequest admitted() {
        var admission = Admission.of(number, forge.find(number), commit);
        if (admission instanceof Admitted admitted) {
            return admitted.pullRequest();
        }
        throw new Failure(
                Exit.REFUSED,
                (admission instanceof Ended ended ? ended.reason() : ((Refused) admission).reason())
                        + "; nothing was changed");
    }

    private static Map<String, String> facts(PullRequest pullRequest) {
        return Map.of(
                "EPHEMERA_PULL_REQUEST", String.valueOf(pullRequest.number()),
                "EPHEMERA_BRANCH", pullRequest.branch(),
                "EPHEMERA_COMMIT", pullRequest.head());
    }

    private boolean destroyedIfEnded(Runnable destroy) {
        if (Admission.of(number, forge.find(number), commit) instanceof Ended ended) {
            tell.accept("%s meanwhile: what was brought up is destroyed".formatted(ended.reason()));
            destroy.run();
            return true;
        }
        return false;
    }
}
