package dev.ephemera.engine;

import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The right to work on one stack, which one verb has at a time. It is taken from another only when that one has ended for
 * certain, never because it is old: a restore takes long, and a machine may be slow.
 */
public final class Lease implements AutoCloseable {
    /** How often the holder says that it lives, for whoever waits to read. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** No stack is called so. */
    private static final String NEW = "new";

    private static final Duration PAUSE = Duration.ofMillis(250);
    /** A person who waits is told of a wait this often. */
    private static final Duration TOLD_EVERY = Duration.ofSeconds(15);

    private final Objects objects;
    private final String key;
    private final Clock clock;
    private final Thread heart;
    private final LeaseText text;
    private String version;

    private Lease(Objects objects, String key, Clock clock, LeaseText text, String version) {
        this.objects = objects;
        this.key = key;
        this.clock = clock;
        this.text = text;
        this.version = version;
        this.heart = new Thread(this::live, "lease");
        heart.setDaemon(true);
    }

    /**
     * Waits for it.
     *
     * @param owner who wants it
     * @param verb what for, for whoever waits for us
     * @param runHasEnded whether the CI run at an address has ended for certain; asked now and then
     * @param longest how long to wait
     * @param tell gets a line at once when somebody has it, and while it is waited for
     * @throws Failure when it is not free in time
     */
    public static Lease acquire(
            Objects objects,
            EnvironmentNames names,
            Owner owner,
            String verb,
            Predicate<String> runHasEnded,
            Duration longest,
            Consumer<String> tell) {
        return acquire(
                objects,
                key(names.project(), names.stack().value()),
                names.stack().value(),
                owner,
                verb,
                runHasEnded,
                longest,
                tell);
    }

    /**
     * Waits for the right to add environments to a project, one at a time.
     *
     * @throws Failure when it is not free in time
     */
    public static Lease acquireForNew(
            Objects objects, ProjectName project, Owner owner, Duration longest, Consumer<String> tell) {
        return acquire(
                objects, key(project, NEW), "new environments of " + project, owner, "up", run -> false, longest, tell);
    }

    private static String key(ProjectName project, String subject) {
        return StateKeys.leases(project) + subject + ".json";
    }

    private static Lease acquire(
            Objects objects,
            String key,
            String subject,
            Owner owner,
            String verb,
            Predicate<String> runHasEnded,
            Duration longest,
            Consumer<String> tell) {
        var clock = Clock.systemUTC();
        var end = System.nanoTime() + longest.toNanos();
        var told = 0L;
        var text = LeaseText.begun(owner, verb, clock.instant());
        while (true) {
            if (objects.create(key, text.json())) {
                return held(objects, key, clock, text);
            }
            var there = objects.get(key);
            if (there.isPresent()) {
                var other = LeaseText.parse(there.get().text(), key);
                if (other.isSameAs(text)) {
                    // A bucket's answer was lost, and the client asked again.
                    return held(objects, key, clock, text);
                }
                var now = System.nanoTime();
                var isTime = told == 0 || now - told > TOLD_EVERY.toNanos();
                if (other.owner().hasEnded(owner)
                        || isTime && other.owner().run().filter(runHasEnded).isPresent()) {
                    tell.accept("taking the lease over from %s, which has ended".formatted(other.owner()));
                    var heir = text.heirOf(other);
                    if (objects.replace(key, heir.json(), there.get().version())) {
                        return held(objects, key, clock, heir);
                    }
                } else if (now - end >= 0) {
                    throw held(key, subject, other);
                } else if (isTime) {
                    told = now;
                    tell.accept("waiting for %s, which works on %s (%s since %s, last sign of life %s)"
                            .formatted(other.owner(), subject, other.verb(), other.since(), other.heartbeat()));
                }
            }
            Interruption.ofThisProcess().pause(PAUSE);
        }
    }

    private static Lease held(Objects objects, String key, Clock clock, LeaseText text) {
        var mine = objects.get(key)
                .filter(held -> LeaseText.parse(held.text(), key).isSameAs(text))
                .orElseThrow(() ->
                        new Failure(Exit.LOCKED, "lease %s was lost while it was taken; run again".formatted(key)));
        var lease = new Lease(objects, key, clock, text, mine.version());
        lease.heart.start();
        return lease;
    }

    private static Failure held(String key, String subject, LeaseText other) {
        return new Failure(
                Exit.LOCKED,
                "%s works on %s (%s since %s, last sign of life %s), and was waited for as long as told; run again when it has ended. If it has ended without a trace on another machine, delete the lease %s beside the state"
                        .formatted(other.owner(), subject, other.verb(), other.since(), other.heartbeat(), key));
    }

    private void live() {
        try {
            while (true) {
                Thread.sleep(HEARTBEAT.toMillis());
                beat();
            }
        } catch (InterruptedException e) {
            // It has been given back.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void beat() {
        try {
            objects.replace(key, text.beaten(clock.instant()).json(), version);
            // Whatever was answered: an answer may be lost, and the lease is ours as long as it has our id.
            objects.get(key)
                    .filter(now -> LeaseText.parse(now.text(), key).isSameAs(text))
                    .ifPresent(now -> version = now.version());
        } catch (Failure e) {
            // The next beat tries again: nobody takes the lease away because a beat is missing.
        }
    }

    /** The names of the machines of those that it was taken over from; what they have left is the holder's to take away. */
    public Set<String> heirTo() {
        return text.heirTo();
    }

    /**
     * Looks once more.
     *
     * @throws Failure when somebody has taken it, by hand: then two may have worked on the stack
     */
    public void stillHeld() {
        if (objects.get(key)
                .filter(held -> LeaseText.parse(held.text(), key).isSameAs(text))
                .isEmpty()) {
            throw new Failure(
                    Exit.LOCKED,
                    "the lease %s was taken away while this worked, so somebody else may have worked on the stack too; run again"
                            .formatted(key));
        }
    }

    /** Gives it back. One that is another's by now stays. */
    @Override
    public void close() {
        heart.interrupt();
        synchronized (this) {
            objects.get(key)
                    .filter(held -> LeaseText.parse(held.text(), key).isSameAs(text))
                    .ifPresent(held -> objects.delete(key, held.version()));
        }
    }
}
