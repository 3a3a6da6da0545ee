package dev.ephemera.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ephemera.cloud.DatabasePower;
import dev.ephemera.cloud.WorkloadScale;
import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Puts an environment to sleep and wakes it, without the engine: first the pods end, then the databases are stopped; they are
 * started again before the pods. The stack's tag says that it sleeps before anything does, so that a run which is killed is
 * made whole by the next wake or {@code up}.
 */
public final class Sleep {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** A person who waits is told of a wait this often. */
    private static final Duration TOLD_EVERY = Duration.ofSeconds(15);

    private final Work work;
    private final StackRecords records;

    private record Things(List<String> namespaces, List<String> databases, Whereabouts where, JsonNode outputs) {}

    public Sleep(Work work) {
        this.work = work;
        this.records = work.records();
    }

    /**
     * Puts it to sleep; one that sleeps is made to sleep whole.
     *
     * @throws Failure when there is no such environment, or not all of it sleeps in time
     */
    public void sleep() {
        var things = things();
        records.asleep();
        try (var workloads = new WorkloadScale(things.where().context());
                var power = new DatabasePower(things.where().region())) {
            things.namespaces().forEach(workloads::toNone);
            await("stops", things.databases(), power::stop);
        }
        records.sleeps(things.outputs());
        work.tell("%s sleeps: no pods, %s; `ci/ephemera wake` or the next `up` wakes it"
                .formatted(
                        work.names().stack(),
                        things.databases().isEmpty()
                                ? "no database"
                                : "stopped: " + String.join(", ", things.databases())));
    }

    /**
     * Wakes it; one that is awake stays so.
     *
     * @throws Failure when there is no such environment, or not all of it is awake in time
     */
    public void wake() {
        var things = things();
        try (var workloads = new WorkloadScale(things.where().context());
                var power = new DatabasePower(things.where().region())) {
            await("can be used", things.databases(), power::start);
            things.namespaces().forEach(workloads::asBefore);
            await(
                    "is ready",
                    things.namespaces(),
                    namespace -> workloads.notReady(namespace).isEmpty());
        }
        records.awake(things.outputs());
        work.tell("%s is awake".formatted(work.names().stack()));
    }

    private Things things() {
        var state = StackState.of(work.pulumi(), work.names().stack().value())
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        "there is no stack %s; `ci/ephemera up` makes one"
                                .formatted(work.names().stack())));
        var where = Whereabouts.of(state, work.project());
        where.admit(work.names().stack());
        try (var clouds = where.clouds()) {
            var found = new Sweep(clouds, work.names(), work.tell()).find();
            return new Things(ids(found, Kind.NAMESPACE), ids(found, Kind.DATABASE), where, state.stackOutputs());
        }
    }

    private static List<String> ids(List<Belonging> belongings, Kind kind) {
        return belongings.stream()
                .filter(belonging -> belonging.kind() == kind)
                .map(Belonging::id)
                .toList();
    }

    private void await(String what, List<String> things, Predicate<String> done) {
        var end = System.nanoTime() + work.limit().toNanos();
        var told = System.nanoTime();
        Supplier<List<String>> look =
                () -> things.stream().filter(done.negate()).toList();
        for (var left = look.get(); !left.isEmpty(); left = look.get()) {
            if (System.nanoTime() - end >= 0) {
                throw new Failure(
                        Exit.FAILED,
                        "of %s not all %s after %d s: %s; run again"
                                .formatted(
                                        work.names().stack(), what, work.limit().toSeconds(), String.join(", ", left)));
            }
            if (System.nanoTime() - told > TOLD_EVERY.toNanos()) {
                told = System.nanoTime();
                work.tell("waiting until this %s: %s".formatted(what, String.join(", ", left)));
            }
            Interruption.ofThisProcess().pause(PAUSE);
        }
    }
}
