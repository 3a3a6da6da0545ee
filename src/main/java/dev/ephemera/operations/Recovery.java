package dev.ephemera.operations;

import dev.ephemera.cloud.Clouds;
import dev.ephemera.engine.PendingOperations;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import dev.ephemera.naming.EnvironmentNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Mends what an update left that was killed while it was making something in AWS. The engine only remembers that it had
 * begun; whoever makes the thing again is told that it exists. So what was made is found by its name and marks and deleted,
 * and what began is forgotten after that, never before. Kubernetes objects are left to the engine, which takes them over.
 */
final class Recovery {
    private static final String CREATING = "creating";
    /** What has a name of its own in AWS, and the input that holds it. */
    private static final Map<String, Unfinished> KINDS = Map.of(
            "aws:rds/instance:Instance", new Unfinished(Kind.DATABASE, "identifier"),
            "aws:ec2/securityGroup:SecurityGroup", new Unfinished(Kind.SECURITY_GROUP, "name"),
            "aws:route53/record:Record", new Unfinished(Kind.DNS_RECORD, "name"));

    private record Unfinished(Kind kind, String nameInput) {}

    private final Pulumi pulumi;
    private final EnvironmentNames names;
    private final Consumer<String> tell;

    Recovery(Pulumi pulumi, EnvironmentNames names, Consumer<String> tell) {
        this.pulumi = pulumi;
        this.names = names;
        this.tell = tell;
    }

    /**
     * Mends it, where something has to be.
     *
     * @param limit how long to wait for AWS
     * @throws Failure when something cannot be deleted in time, or is somebody else's
     */
    void run(StackState state, Clouds clouds, Duration limit) {
        var unfinished = state.pending().stream()
                .filter(pending -> pending.doing().equals(CREATING))
                .filter(pending -> KINDS.containsKey(pending.resource().type()))
                .toList();
        if (unfinished.isEmpty()) {
            return;
        }
        var left = new Sweep(clouds, names, tell).clear(limit, isOneOf(unfinished));
        if (!left.isEmpty()) {
            throw new Failure(
                    Exit.LEFT_BEHIND,
                    "an update that was killed left %s, which cannot be deleted in time (%s); run again when it can"
                            .formatted(Sweep.described(left.keySet()), String.join(", ", left.values())));
        }
        new PendingOperations(pulumi, names.stack().value())
                .forget(pending -> unfinished.stream()
                        .anyMatch(each -> each.resource().urn().equals(pending)));
    }

    private static Predicate<Belonging> isOneOf(List<StackState.Pending> unfinished) {
        return belonging -> unfinished.stream().anyMatch(pending -> {
            var kind = KINDS.get(pending.resource().type());
            return kind != null
                    && kind.kind() == belonging.kind()
                    && belonging
                            .name()
                            .equals(pending.resource()
                                    .inputs()
                                    .path(kind.nameInput())
                                    .asText());
        });
    }
}
