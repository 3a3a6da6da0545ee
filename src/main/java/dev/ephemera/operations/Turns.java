package dev.ephemera.operations;

import dev.ephemera.engine.Backend;
import dev.ephemera.engine.EngineLocks;
import dev.ephemera.engine.Lease;
import dev.ephemera.engine.Owner;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.StateAttributes;
import dev.ephemera.naming.EnvironmentNames;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One verb at a time for each stack. Where the state is in files or a bucket there is a lease; elsewhere the backend's own
 * lock is all there is.
 */
public final class Turns {
    private final Pulumi pulumi;
    private final Map<String, String> environment;
    private final Duration longest;
    private final Predicate<String> runHasEnded;
    private final Consumer<String> tell;

    /**
     * Prepares it.
     *
     * @param environment tells where the state is, and which CI run this is
     * @param longest how long to wait for another verb
     * @param runHasEnded whether the CI run at an address has ended for certain
     * @param tell gets a line while it is waited
     */
    public Turns(
            Pulumi pulumi,
            Map<String, String> environment,
            Duration longest,
            Predicate<String> runHasEnded,
            Consumer<String> tell) {
        this.pulumi = pulumi;
        this.environment = Map.copyOf(environment);
        this.longest = longest;
        this.runHasEnded = runHasEnded;
        this.tell = tell;
    }

    /**
     * Does {@code work} when it is this process's turn.
     *
     * @throws dev.ephemera.failure.Failure when somebody else works on the stack for longer than it is waited
     */
    public void take(EnvironmentNames names, String verb, Runnable work) {
        var objects = Backend.objects(pulumi, environment);
        if (objects.isEmpty()) {
            work.run();
            return;
        }
        try (var beside = objects.get();
                var lease = Lease.acquire(
                        beside, names, Owner.ofThisProcess(environment), verb, runHasEnded, longest, tell)) {
            new EngineLocks(beside, names, lease.heirTo()).awaitNone(longest, tell);
            new StateAttributes(beside, names).mend(tell);
            work.run();
            lease.stillHeld();
        }
    }
}
