package dev.ephemera.forge;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.github.GHDeployment;
import org.kohsuke.github.GHDeploymentState;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.PagedIterable;

/**
 * The deployments of one pull request's environment. Each update is one. They are transient, so GitHub itself never calls an
 * older one inactive: that is done here.
 */
final class GitHubDeployments {
    private static final String NAME = "preview/pr-%d";
    /** As few statuses as there may be: the first is the newest. */
    private static final int NEWEST = 1;

    private static final int PAGE = 100;

    private final GHRepository repository;
    private final String environment;

    GitHubDeployments(GHRepository repository, long number) {
        this.repository = repository;
        this.environment = name(number);
    }

    /** What GitHub shows the environment as. */
    static String name(long number) {
        return NAME.formatted(number);
    }

    /** Says how far the environment is. */
    void say(String commit, Progress progress, Optional<String> address) throws IOException {
        switch (progress) {
            // In progress would say more, but the client writes that with a hyphen, which is no state of GitHub's.
            case BEGUN -> say(made(commit), GHDeploymentState.PENDING, Optional.empty());
            case UP -> {
                sayOfNewest(GHDeploymentState.SUCCESS, address);
                end(1);
            }
            // The one before still runs, perhaps.
            case FAILED -> sayOfNewest(GHDeploymentState.FAILURE, Optional.empty());
            case GONE -> end(0);
        }
    }

    // The client calls deprecated what GitHub once had as a preview, and has had for good since.
    @SuppressWarnings("deprecation")
    private GHDeployment made(String commit) throws IOException {
        return repository
                .createDeployment(commit)
                .environment(environment)
                .transientEnvironment(true)
                .productionEnvironment(false)
                // Else GitHub would merge the default branch into the pull request's.
                .autoMerge(false)
                // Checks of the commit may still run, this one among them.
                .requiredContexts(List.of())
                .create();
    }

    private PagedIterable<GHDeployment> newestFirst() {
        return repository.listDeployments(null, null, null, environment).withPageSize(PAGE);
    }

    private void sayOfNewest(GHDeploymentState state, Optional<String> address) throws IOException {
        var newest = newestFirst().iterator();
        if (newest.hasNext()) {
            say(newest.next(), state, address);
        }
    }

    /** All but the newest ones are over; those before one that is over are so already. */
    private void end(int butFirst) throws IOException {
        var seen = 0;
        for (var deployment : newestFirst()) {
            seen++;
            if (seen <= butFirst) {
                continue;
            }
            if (isInactive(deployment)) {
                return;
            }
            say(deployment, GHDeploymentState.INACTIVE, Optional.empty());
        }
    }

    private static boolean isInactive(GHDeployment deployment) {
        var newest = deployment.listStatuses().withPageSize(NEWEST).iterator();
        return newest.hasNext() && newest.next().getState() == GHDeploymentState.INACTIVE;
    }

    @SuppressWarnings("deprecation")
    private void say(GHDeployment deployment, GHDeploymentState state, Optional<String> address) throws IOException {
        var status = deployment.createStatus(state).environment(environment);
        address.ifPresent(status::environmentUrl);
        status.create();
    }
}
