package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.node.MachineCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What runs the pods of the sandbox's cluster. It is decided when the cluster is made, and kept with it. */
public enum Nodes {
    /** A kubelet and containerd on this machine. */
    REAL,
    /** kwok, which says of every pod that it runs and of every job that it has succeeded. */
    SIMULATED;

    /**
     * What the cluster has, or will have: what is asked for, else real ones where this machine can run them.
     *
     * @param file where the decision is kept
     * @throws Failure when real ones are asked for and cannot be had, or the cluster was made with the others
     */
    static Nodes decide(Path file, Optional<Nodes> wanted, Consumer<String> progress) throws IOException {
        var found = read(file);
        if (found.isPresent()) {
            var there = found.get();
            if (wanted.isPresent() && wanted.get() != there) {
                throw new Failure(
                        Exit.REFUSED,
                        "this sandbox's cluster was made with " + there.option() + "; to have "
                                + wanted.get().option()
                                + ", run ci/sandbox --reset first, which deletes state, cluster and cloud");
            }
            return there;
        }
        var chosen = wanted.orElse(REAL);
        if (chosen == REAL) {
            var reason = MachineCheck.reasonAgainstRealNode();
            if (reason.isPresent() && wanted.isPresent()) {
                throw new Failure(Exit.FAILED, "no real node can run here: " + reason.get());
            }
            if (reason.isPresent()) {
                progress.accept("Nodes are simulated, since " + reason.get()
                        + ". Pods only seem to run, and network policies do nothing: no URL will answer.");
                chosen = SIMULATED;
            } else {
                progress.accept("Pods run on a real node on this machine (--nodes=simulated would only play them).");
            }
        } else {
            progress.accept(
                    "Nodes are simulated, as --nodes=simulated asks. Pods only seem to run, and network policies"
                            + " do nothing: no URL will answer.");
        }
        WholeFile.write(file, chosen + "\n");
        return chosen;
    }

    /** What was decided; empty when nothing was. */
    static Optional<Nodes> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(valueOf(Files.readString(file).strip())) : Optional.empty();
    }

    /** Those of {@link Part#REAL_NODE} that a sandbox with these nodes has. */
    static Set<Part> parts(Optional<Nodes> nodes, SandboxDirectory directory) {
        if (!nodes.equals(Optional.of(REAL))) {
            return Set.of();
        }
        var parts = EnumSet.copyOf(Part.REAL_NODE);
        if (Files.exists(directory.unenforcedPolicies())) {
            parts.remove(Part.KUBE_ROUTER);
        }
        return parts;
    }

    /** For people. */
    String describe() {
        return this == REAL ? "real: pods run" : "simulated: pods only seem to run";
    }

    private String option() {
        return "--nodes=" + name().toLowerCase(Locale.ROOT);
    }
}
