package dev.ephemera.operations;

import dev.ephemera.cloud.Clouds;
import dev.ephemera.engine.Interruption;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import dev.ephemera.naming.EnvironmentNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Looks for what belongs to an environment, and deletes what no state knows of. It asks the clouds again until nothing is
 * found, because AWS and Kubernetes delete in their own time.
 */
final class Sweep {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** A person who waits is told of a wait this often. */
    private static final Duration TOLD_EVERY = Duration.ofSeconds(15);

    private final Clouds clouds;
    private final EnvironmentNames names;
    private final Consumer<String> tell;

    Sweep(Clouds clouds, EnvironmentNames names, Consumer<String> tell) {
        this.clouds = clouds;
        this.names = names;
        this.tell = tell;
    }

    /** What is there now. */
    List<Belonging> find() {
        return clouds.all().stream()
                .filter(belonging -> belonging.belongsTo(names))
                .toList();
    }

    /**
     * Deletes all of it.
     *
     * @param limit how long to wait for the clouds
     * @return what is left, each with what keeps it
     */
    Map<Belonging, String> clear(Duration limit) {
        return clear(limit, belonging -> true);
    }

    /** As {@link #clear(Duration)}, but only what is {@code meant}. */
    Map<Belonging, String> clear(Duration limit, Predicate<Belonging> meant) {
        var end = System.nanoTime() + limit.toNanos();
        var told = System.nanoTime();
        Set<String> asked = new HashSet<>();
        var left = delete(asked, meant);
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            Interruption.ofThisProcess().pause(PAUSE);
            if (System.nanoTime() - told > TOLD_EVERY.toNanos()) {
                told = System.nanoTime();
                tell.accept("still there: " + described(left.keySet()));
            }
            left = delete(asked, meant);
        }
        return left;
    }

    private Map<Belonging, String> delete(Set<String> asked, Predicate<Belonging> meant) {
        var left = new LinkedHashMap<Belonging, String>();
        for (var belonging : find().stream().filter(meant).toList()) {
            if (asked.add(belonging.id())) {
                tell.accept("deleting %s, which no state knows of".formatted(belonging));
            }
            var blocker = clouds.delete(belonging);
            // A record is gone when Route53 has answered.
            if (blocker.isPresent() || belonging.kind() != Kind.DNS_RECORD) {
                left.put(belonging, blocker.orElse("it is being deleted"));
            }
        }
        return left;
    }

    static String described(Iterable<Belonging> belongings) {
        var words = new ArrayList<String>();
        belongings.forEach(belonging -> words.add(belonging.toString()));
        return String.join(", ", words);
    }
}
