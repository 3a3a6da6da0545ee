package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** Collects what is wrong with the configuration, so that all of it is told at once. */
final class Faults {
    /** A fault: where it is, under which path of keys, and what would do. */
    private record Fault(Place place, String path, String message) {
        @Override
        public String toString() {
            var where = path.isEmpty() ? place.toString() : "%s: %s".formatted(place, Shown.cut(path));
            return Shown.escaped(where + ": " + message);
        }
    }

    private final Set<Fault> faults =
            new TreeSet<>(Comparator.comparing((Fault fault) -> fault.place().file())
                    .thenComparing(fault -> fault.place().line())
                    .thenComparing(Fault::path)
                    .thenComparing(Fault::message));

    void add(Place place, String path, String message) {
        faults.add(new Fault(place, path, message));
    }

    /** Ends the command when there are any. */
    void throwIfAny() {
        if (faults.isEmpty()) {
            return;
        }
        var text = new StringBuilder(
                faults.size() == 1
                        ? "the configuration has a fault:"
                        : "the configuration has %d faults:".formatted(faults.size()));
        faults.forEach(fault -> text.append("\n  ").append(fault));
        throw new Failure(Exit.USAGE, text.toString());
    }
}
