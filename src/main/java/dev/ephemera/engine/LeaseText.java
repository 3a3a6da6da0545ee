package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.process.ProcessIdentity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a lease says, as it lies beside the state.
 *
 * @param heirTo the names of the machines of those that it was taken over from: what they left in the backend is its holder's
 *     to take away
 * @param id of this taking of it and no other, so that whoever has lost a bucket's answer knows his own lease again
 */
record LeaseText(String id, Owner owner, String verb, Instant since, Instant heartbeat, Set<String> heirTo) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static LeaseText begun(Owner owner, String verb, Instant now) {
        return new LeaseText(UUID.randomUUID().toString(), owner, verb, now, now, Set.of());
    }

    LeaseText beaten(Instant now) {
        return new LeaseText(id, owner, verb, since, now, heirTo);
    }

    /** The same, taken over from {@code other}. */
    LeaseText heirOf(LeaseText other) {
        var all = new TreeSet<>(other.heirTo);
        all.add(other.owner.hostName());
        return new LeaseText(id, owner, verb, since, heartbeat, all);
    }

    /** Whether it is the same lease, however often it has been renewed. */
    boolean isSameAs(LeaseText other) {
        return id.equals(other.id);
    }

    String json() {
        var node = JSON.createObjectNode();
        owner.run().ifPresent(run -> node.put("run", run));
        var others = node.putArray("heirTo");
        heirTo.forEach(others::add);
        return node.put("id", id)
                .put("host", owner.host())
                .put("pid", owner.process().pid())
                .put("birth", owner.process().birth())
                .put("verb", verb)
                .put("since", since.toString())
                .put("heartbeat", heartbeat.toString())
                .toString();
    }

    static LeaseText parse(String json, String key) {
        try {
            var node = JSON.readTree(json);
            return new LeaseText(
                    node.path("id").asText(),
                    new Owner(
                            Optional.of(node.path("run").asText()).filter(run -> !run.isEmpty()),
                            node.path("host").asText(),
                            new ProcessIdentity(
                                    node.path("pid").asLong(),
                                    node.path("birth").asText())),
                    node.path("verb").asText(),
                    Instant.parse(node.path("since").asText()),
                    Instant.parse(node.path("heartbeat").asText()),
                    StreamSupport.stream(node.path("heirTo").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.toSet()));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new Failure(
                    Exit.LOCKED,
                    "lease %s beside the state is none that this program wrote; nobody can tell who works on the stack: look whether somebody does, delete it, and run again"
                            .formatted(key),
                    e);
        }
    }
}
