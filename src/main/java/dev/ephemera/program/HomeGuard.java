package dev.ephemera.program;

import com.pulumi.core.internal.Internal;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.Home;
import dev.ephemera.naming.StackName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an update that would continue an environment in another cluster or account than the one it was made in: there,
 * nothing of it is found, and what "is not found" would be made again here and forgotten there.
 */
final class HomeGuard {
    private static final String CLUSTER = "cluster";
    private static final String ACCOUNT = "account";
    /** For the engine to note, or find, one value. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final StackName stack;
    private final ApplicationSpec application;

    HomeGuard(StackName stack, ApplicationSpec application) {
        this.stack = stack;
        this.application = application;
    }

    /**
     * Keeps {@code here} in the state when nothing is kept yet, and waits for what is kept. To be called before anything
     * else is declared.
     *
     * @throws Failure when {@code here} is another home
     */
    void admit(Home here) {
        var stash = new Stash(
                "home",
                StashArgs.builder()
                        .input(Map.of(CLUSTER, here.cluster(), ACCOUNT, here.account()))
                        .build(),
                CustomResourceOptions.builder().ignoreChanges("input").build());
        var kept = Internal.of(stash.output())
                .getDataAsync()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        // Not known while the preview of a first update.
        var refusals = refusals(here, kept.getValueNullable());
        if (!refusals.isEmpty()) {
            throw new Failure(Exit.REFUSED, String.join("\n", refusals));
        }
    }

    /**
     * One sentence for each of cluster and account that is another.
     *
     * @param kept what the state holds; null, or without one of the two, when nothing is to be compared
     */
    List<String> refusals(Home here, @Nullable Object kept) {
        var refusals = new ArrayList<String>();
        part(kept, CLUSTER)
                .filter(cluster -> !cluster.equals(here.cluster()))
                .ifPresent(cluster -> refusals.add(
                        "stack %s lives in another cluster than %s leads to: got %s (the uid of its kube-system), want %s; nothing was changed; choose that cluster with KUBECONFIG or cluster.context in stacks/, and run again"
                                .formatted(
                                        stack,
                                        application
                                                .cluster()
                                                .context()
                                                .map("the kubeconfig's context \"%s\""::formatted)
                                                .orElse("the kubeconfig's current context"),
                                        here.cluster(),
                                        cluster)));
        part(kept, ACCOUNT)
                .filter(account -> !account.equals(here.account()))
                .ifPresent(account -> refusals.add(
                        "stack %s lives in another AWS account than the credentials are of: got %s, want %s; nothing was changed; take credentials of that account, and run again"
                                .formatted(stack, here.account(), account)));
        return refusals;
    }

    private static Optional<String> part(@Nullable Object kept, String name) {
        return kept instanceof Map<?, ?> home && home.get(name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
