package dev.ephemera.program;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.EnvironmentSpec;
import dev.ephemera.model.HostRecord;
import dev.ephemera.naming.OwnerMarks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Refuses an update that would take a host name which somebody else has. Route53 would refuse most of these too, but late,
 * without saying whose the name is, and not where the other's record is of another type.
 */
final class HostGuard {
    private final EnvironmentSpec spec;

    HostGuard(EnvironmentSpec spec) {
        this.spec = spec;
    }

    /** The hosts that the last successful update did not have: only these can be somebody else's. */
    List<String> newHosts(Set<String> had) {
        return spec.hostOwners().stream()
                .flatMap(key -> spec.host(key).stream())
                .filter(host -> !had.contains(host))
                .toList();
    }

    /**
     * Looks each host up.
     *
     * @param records what DNS has under a name
     * @throws Failure when one of them is somebody else's
     */
    void admit(List<String> hosts, Function<String, List<HostRecord>> records) {
        var refusals = hosts.stream()
                .flatMap(
                        host -> refusal(host, records.apply(host), records.apply(OwnerMarks.recordName(host))).stream())
                .toList();
        if (!refusals.isEmpty()) {
            throw new Failure(Exit.REFUSED, String.join("\n", refusals));
        }
    }

    /**
     * One sentence when {@code host} is somebody else's. What this stack's own mark claims is let through: a first update that
     * failed has left it.
     */
    Optional<String> refusal(String host, List<HostRecord> atHost, List<HostRecord> atMark) {
        var mark = OwnerMarks.recordName(host);
        var own = OwnerMarks.recordValue(spec.names().project(), spec.names().stack());
        var marks = atMark.stream()
                .filter(record -> record.type().equals("TXT"))
                .flatMap(record -> record.values().stream())
                .toList();
        if (marks.equals(List.of(own))) {
            return Optional.empty();
        }
        if (!marks.isEmpty()) {
            return Optional.of(
                    "host %s belongs to %s (TXT record %s), want a name that nobody has; nothing was changed; destroy that environment, or where projects share the zone say dns.sharedZone: true in stacks/, and run again"
                            .formatted(host, String.join(", ", marks), mark));
        }
        return atHost.stream()
                .map(HostRecord::type)
                .findFirst()
                .map(type ->
                        "host %s is taken: got %s record that no environment made (no TXT record %s beside it), want a name that nobody has; nothing was changed; have whoever made it remove it, or say another dns.zone in stacks/, and run again"
                                .formatted(host, (type.startsWith("A") ? "an " : "a ") + type, mark));
    }
}
