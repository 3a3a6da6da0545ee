package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.process.ProcessIdentity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/**
 * What a lease says, as it lies beside the state.
 *
 * @param id of this taking of it and no other, so that whoever has lost a bucket's answer knows his own lease again
 */
record LeaseText(String id, Owner owner, String verb, Instant since, Instant heartbeat) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static LeaseText begun(Owner owner, String verb, Instant now) {
        return new LeaseText(UUID.randomUUID().toString(), owner, verb, now, now);
    }

    LeaseText beaten(Instant now) {
        return new LeaseText(id, owner, verb, since, now);
    }

    /** Whether it is the same lease, however often it has been renewed. */
    boolean isSameAs(LeaseText other) {
        return id.equals(other.id);
    }

    String json() {
        var node = JSON.createObjectNode();
        owner.run().ifPresent(run -> node.put("run", run));
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
                    Instant.parse(node.path("heartbeat").asText()));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new Failure(
                    Exit.LOCKED,
                    "lease %s beside the state is none that this program wrote; nobody can tell who works on the stack: look whether somebody does, delete it, and run again"
                            .formatted(key),
                    e);
        }
    }
}
