package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.process.ProcessIdentity;
import dev.ephemera.sandbox.node.Cgroups;
import dev.ephemera.sandbox.node.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.time.Duration;

/** What of the real node is outside of its namespaces, and so has to be taken away by us. */
final class NodeEnd {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private NodeEnd() {}

    static Namespaces namespaces(SandboxDirectory directory, Addresses addresses) {
        return new Namespaces(directory.node(), addresses.network(), link(directory));
    }

    /** This machine's end of the link. */
    static String link(SandboxDirectory directory) {
        return "eph-" + directory.hash();
    }

    static String cgroup(SandboxDirectory directory) {
        return directory.clusterName();
    }

    /** Ends the node and all in it. Nothing in there is worth an orderly end. */
    static void end(Processes processes) throws IOException {
        processes.record(Part.NODE).map(ProcessRecord::process).ifPresent(ProcessIdentity::kill);
        processes.end(Part.NODE);
        for (var inside : Part.INSIDE_THE_NODE) {
            processes.end(inside);
        }
    }

    /**
     * Returns when nothing is left of a node whose first process has been ended.
     *
     * @throws Failure when something stays
     */
    static void clean(SandboxDirectory directory) throws IOException {
        if (!Files.isDirectory(directory.node())) {
            return;
        }
        var cgroups = new Cgroups(cgroup(directory));
        // The kernel takes namespaces away some time after their last process.
        if (!Waiting.until(() -> isGone(cgroups, directory), LIMIT)) {
            throw new Failure(
                    Exit.FAILED,
                    "control groups " + cgroup(directory) + " or the interface " + link(directory)
                            + " of the sandbox's node stay after " + LIMIT.toSeconds()
                            + " s; see which processes /sys/fs/cgroup/*/" + cgroup(directory) + " names");
        }
    }

    private static boolean isGone(Cgroups cgroups, SandboxDirectory directory) {
        try {
            return cgroups.remove() && NetworkInterface.getByName(link(directory)) == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
