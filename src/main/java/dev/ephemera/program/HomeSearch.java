package dev.ephemera.program;

import dev.ephemera.cloud.HomeLookup;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.AccountId;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.Home;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks cluster and account at the same time who they are. */
final class HomeSearch {
    private HomeSearch() {}

    /**
     * Waits for both.
     *
     * @throws Failure when one of them does not answer, or the account is not the one that the application names
     */
    static Home find(ApplicationSpec application) {
        var cluster = CompletableFuture.supplyAsync(
                () -> HomeLookup.cluster(application.cluster().context()));
        var account = CompletableFuture.supplyAsync(
                () -> HomeLookup.account(application.aws().region().value()));
        try {
            var home = new Home(cluster.join(), account.join());
            application
                    .aws()
                    .account()
                    .map(AccountId::value)
                    .filter(allowed -> !allowed.equals(home.account()))
                    .ifPresent(allowed -> {
                        throw new Failure(
                                Exit.REFUSED,
                                "the credentials are of AWS account %s, want %s (aws.account in stacks/); nothing was changed; take credentials of that account, and run again"
                                        .formatted(home.account(), allowed));
                    });
            return home;
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }
}
