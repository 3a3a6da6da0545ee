package dev.ephemera.operations;

import dev.ephemera.cloud.Clouds;
import dev.ephemera.cloud.IngressRule;
import dev.ephemera.cloud.KubernetesObject;
import dev.ephemera.engine.PendingOperations;
import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mends what an update left that was killed while it was making something. The engine only remembers that it had begun;
 * whoever makes the thing again is told that it exists, or that its fields are another's. So what was made is found by its
 * name and marks and deleted, and what began is forgotten after that, never before.
 */
final class Recovery {
    private static final String CREATING = "creating";
    private static final String AWS = "aws:";
    /** It has no name: it is found by what it says. */
    private static final String INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    /** What has a name of its own in AWS, and the input that holds it. */
    private static final Map<String, Unfinished> KINDS = Map.of(
            "aws:rds/instance:Instance", new Unfinished(Kind.DATABASE, "identifier"),
            "aws:ec2/securityGroup:SecurityGroup", new Unfinished(Kind.SECURITY_GROUP, "name"),
            "aws:route53/record:Record", new Unfinished(Kind.DNS_RECORD, "name"));

    private record Unfinished(Kind kind, String nameInput) {}

    private final Work work;

    Recovery(Work work) {
        this.work = work;
    }

    /**
     * Mends it, where something has to be.
     *
     * @throws Failure when something cannot be deleted in time, or is somebody else's
     */
    void run(StackState state, Clouds clouds) {
        var begun = state.pending().stream()
                .filter(pending -> pending.doing().equals(CREATING))
                .map(StackState.Pending::resource)
                .toList();
        var inAws = begun.stream()
                .filter(resource -> KINDS.containsKey(resource.type()))
                .toList();
        var inNamespaces = begun.stream().filter(Recovery::isInNamespace).toList();
        var rules = begun.stream()
                .filter(resource -> resource.type().equals(INGRESS_RULE))
                .toList();
        var mended = Stream.of(inAws, inNamespaces, rules)
                .flatMap(List::stream)
                .map(StackState.Resource::urn)
                .collect(Collectors.toSet());
        // Pulumi's import forgets them too.
        begun.stream()
                .filter(resource -> resource.type().startsWith(AWS) && !mended.contains(resource.urn()))
                .forEach(resource -> work.tell(
                        "warning: a run that was killed has begun to make %s (%s); whether it is there is not known here: if AWS says so below, remove it, and run again"
                                .formatted(resource.name(), resource.type())));
        if (mended.isEmpty()) {
            return;
        }
        var sweep = new Sweep(clouds, work.names(), work.tell());
        deleteRules(rules, sweep, clouds);
        inNamespaces.stream().filter(resource -> !isPatch(resource)).forEach(resource -> delete(resource, clouds));
        var left = sweep.clear(work.limit(), isOneOf(inAws));
        if (!left.isEmpty()) {
            throw new Failure(
                    Exit.LEFT_BEHIND,
                    "an update that was killed left %s, which cannot be deleted in time (%s); run again when it can"
                            .formatted(Sweep.described(left.keySet()), String.join(", ", left.values())));
        }
        new PendingOperations(work.pulumi(), work.names().stack().value()).forget(mended::contains);
    }

    /** Of a group that is gone there are none; another's are not touched, and the engine then says what it met. */
    private void deleteRules(List<StackState.Resource> resources, Sweep sweep, Clouds clouds) {
        if (resources.isEmpty()) {
            return;
        }
        var groups = sweep.find().stream()
                .filter(belonging -> belonging.kind() == Kind.SECURITY_GROUP)
                .map(Belonging::id)
                .toList();
        resources.stream()
                .map(resource -> IngressRule.ofInputs(resource.inputs()))
                .filter(rule -> groups.contains(rule.group()))
                .forEach(rule -> {
                    work.tell("deleting %s, where a run that was killed has begun to make it".formatted(rule));
                    clouds.delete(rule);
                });
    }

    private static boolean isInNamespace(StackState.Resource resource) {
        return resource.type().startsWith("kubernetes:")
                && !resource.inputs().at("/metadata/namespace").asText().isEmpty();
    }

    /** It changes what another resource has made. */
    private static boolean isPatch(StackState.Resource resource) {
        return resource.type().endsWith("Patch");
    }

    private void delete(StackState.Resource resource, Clouds clouds) {
        var object = new KubernetesObject(
                resource.inputs().path("apiVersion").asText(),
                resource.inputs().path("kind").asText(),
                resource.inputs().at("/metadata/namespace").asText(),
                resource.inputs().at("/metadata/name").asText());
        work.tell("deleting %s, where a run that was killed has begun to make it".formatted(object));
        clouds.delete(object, work.names().labels());
    }

    private static Predicate<Belonging> isOneOf(List<StackState.Resource> unfinished) {
        return belonging -> unfinished.stream().anyMatch(resource -> {
            var kind = KINDS.get(resource.type());
            return kind != null
                    && kind.kind() == belonging.kind()
                    && belonging
                            .name()
                            .equals(resource.inputs().path(kind.nameInput()).asText());
        });
    }
}
