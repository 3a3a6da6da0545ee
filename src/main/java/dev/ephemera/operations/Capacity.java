package dev.ephemera.operations;

import dev.ephemera.engine.Backend;
import dev.ephemera.engine.Lease;
import dev.ephemera.engine.Owner;
import dev.ephemera.engine.Stacks;
import dev.ephemera.naming.StackName;

/** How many environments a project may have at once. Whoever comes first has one; the others are refused until one ends. */
final class Capacity {
    private final Work work;

    Capacity(Work work) {
        this.work = work;
    }

    /**
     * Adds the environment's stack, where there is room. No two are added at the same time, so that none counts the others
     * before they are there; where a backend has no place for a lease they may.
     *
     * @param most as many as there may be
     * @param add makes the stack
     * @throws NoRoom when there is none
     */
    void add(int most, Runnable add) {
        var objects = Backend.objects(work.pulumi(), work.environment());
        if (objects.isEmpty()) {
            check(most);
            add.run();
            return;
        }
        try (var beside = objects.get();
                var lease = Lease.acquireForNew(
                        beside,
                        work.names().project(),
                        Owner.ofThisProcess(work.environment()),
                        work.limit(),
                        work.tell())) {
            check(most);
            add.run();
            lease.stillHeld();
        }
    }

    private void check(int most) {
        var others = Stacks.names(
                        work.pulumi(), work.environment(), work.names().project())
                .stream()
                .filter(stack -> StackName.find(stack).isPresent()
                        && !stack.equals(work.names().stack().value()))
                .toList();
        if (others.size() >= most) {
            throw new NoRoom(work.names().stack(), others, most);
        }
    }
}
