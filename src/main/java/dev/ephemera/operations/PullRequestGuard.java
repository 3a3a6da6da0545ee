package dev.ephemera.operations;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.forge.Progress;
import dev.ephemera.lifecycle.Admission;
import dev.ephemera.lifecycle.Admission.Admitted;
import dev.ephemera.lifecycle.Admission.Ended;
import dev.ephemera.lifecycle.Admission.Refused;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.model.PullRequest;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.report.PreviewComment;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does to a pull request's environment what its forge says, not the event that has started a run: events come late, twice or
 * never. An {@code up} asks again when it is done, because it takes minutes and a close may have no run of its own.
 */
public final class PullRequestGuard {
    private final Forge forge;
    private final long number;
    private final String mark;
    private final Optional<String> commit;
    private final Consumer<String> tell;

    /**
     * Prepares it.
     *
     * @param commit the one that was built; empty when nobody says
     * @param tell gets each line for the person who waits
     */
    public PullRequestGuard(
            Forge forge, EnvironmentNames names, long number, Optional<String> commit, Consumer<String> tell) {
        this.forge = forge;
        this.number = number;
        this.mark = PreviewComment.mark(names);
        this.commit = commit;
        this.tell = tell;
    }

    /**
     * Brings it up; to be called when it is this process's turn.
     *
     * @param up brings it up, with these variables
     * @param destroy takes it away, when the pull request was closed meanwhile
     * @throws Failure when it may not be brought up, or was not
     */
    public void up(Function<Map<String, String>, Up.Deployed> up, Runnable destroy) {
        var pullRequest = admitted();
        show(pullRequest.head(), Progress.BEGUN, Optional.empty());
        try {
            var deployed = up.apply(facts(pullRequest));
            show(pullRequest.head(), Progress.UP, deployed.address());
            say(PreviewComment.up(
                    pullRequest.head(), deployed.address(), deployed.end().map(Lifetime.End::at), deployed.cost()));
        } catch (NoRoom refused) {
            show(pullRequest.head(), Progress.FAILED, Optional.empty());
            say(PreviewComment.noRoom(pullRequest.head()));
            throw refused;
        } catch (Failure failure) {
            if (failure.exit() != Exit.INTERRUPTED && destroyedIfEnded(destroy)) {
                return;
            }
            show(pullRequest.head(), Progress.FAILED, Optional.empty());
            say(PreviewComment.failed(pullRequest.head()));
            throw failure;
        }
        destroyedIfEnded(destroy);
    }

    /** Whoever cannot read it has the run's own log. */
    private void say(String markdown) {
        try {
            forge.say(number, mark, markdown);
        } catch (Failure failure) {
            tell.accept("warning: the pull request is not told: " + failure.getMessage());
        }
    }

    /** It is the pull request's page that lacks it, not the environment. */
    private void show(String commit, Progress progress, Optional<String> address) {
        try {
            forge.show(number, commit, progress, address);
        } catch (Failure failure) {
            tell.accept("warning: the forge does not show the environment: " + failure.getMessage());
        }
    }

    /**
     * Destroys it; to be called when it is this process's turn.
     *
     * @throws Failure when the pull request is open, perhaps again
     */
    public void destroy(Runnable destroy) {
        if (forge.find(number).filter(PullRequest::open).isPresent()) {
            throw new Failure(
                    Exit.REFUSED,
                    "pull request %d is open; nothing was changed; without --forge its environment is destroyed all the same"
                            .formatted(number));
        }
        destroy.run();
        gone();
    }

    private void gone() {
        show("", Progress.GONE, Optional.empty());
        say(PreviewComment.GONE);
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
                "EPHEMERA_PULL_REQUEST",
                String.valueOf(pullRequest.number()),
                "EPHEMERA_BRANCH",
                pullRequest.branch(),
                "EPHEMERA_COMMIT",
                pullRequest.head(),
                StackRecords.AUTHOR_VARIABLE,
                pullRequest.author());
    }

    private boolean destroyedIfEnded(Runnable destroy) {
        if (Admission.of(number, forge.find(number), commit) instanceof Ended ended) {
            tell.accept("%s meanwhile: what was brought up is destroyed".formatted(ended.reason()));
            destroy.run();
            gone();
            return true;
        }
        return false;
    }
}
