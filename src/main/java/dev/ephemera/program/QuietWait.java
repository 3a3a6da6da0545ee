package dev.ephemera.program;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.deployment.internal.DeploymentInternal;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lets the program wait for slow resources without using a whole core. The SDK asks every task in flight, again and again
 * and without a pause, whether it is done; here it gets one more task, whose answer takes a moment for as long as any
 * resource is being made.
 */
final class QuietWait {
    /** Between two rounds of the SDK's loop: long enough to idle, short beside the network's answers. */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final ConcurrentLinkedQueue<Resource> resources = new ConcurrentLinkedQueue<>();

    /** Notes a resource that the program has declared. */
    void include(Resource resource) {
        resources.add(resource);
    }

    /** To be called when everything is declared. */
    void begin() {
        var made = new ArrayList<CompletableFuture<?>>();
        resources.forEach(resource -> made.add(data(resource.urn())));
        var quiet = new PausingFuture<Void>();
        DeploymentInternal.getInstance().getRunner().registerTask("quiet wait", quiet);
        // Well or badly: a failed resource ends the wait like any other.
        var all = CompletableFuture.allOf(made.toArray(CompletableFuture[]::new))
                .whenComplete((nothing, failure) -> quiet.complete(null));
        all.exceptionally(failure -> null);
    }

    private static CompletableFuture<?> data(Output<String> urn) {
        return Internal.of(urn).getDataAsync();
    }

    /** A future whose {@link #isDone} takes a moment while it is not. */
    private static final class PausingFuture<T> extends CompletableFuture<T> {
        @Override
        public boolean isDone() {
            if (super.isDone()) {
                return true;
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.isDone();
        }

        /** The runner derives a future of its own from the one it is given; that one has to pause too. */
        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new PausingFuture<>();
        }
    }
}
