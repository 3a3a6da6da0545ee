package dev.ephemera.sandbox.node;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whether this machine can run a real node. */
public final class MachineCheck {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** With a mount and interfaces in namespaces like the node's; all of it ends with the command. */
    private static final String TRIAL = "for program in nsenter sysctl setpriv; do"
            + " command -v $program >/dev/null || { echo $program is missing; exit 1; }; done;"
            + " mount --make-rprivate / && mount -t tmpfs trial /tmp && mount -t proc proc /proc"
            + " && ip link add trial type veth peer name other && ip link add bridge type bridge";

    private MachineCheck() {}

    /** The numeric id of the user whose process this is; 0 is root. On Linux only. */
    public static int ownUser() throws IOException {
        // The link /proc/self itself is always root's.
        return (int) Files.getAttribute(
                Path.of("/proc", Long.toString(ProcessHandle.current().pid())), "unix:uid");
    }

    /** What is in the way, to follow "since"; empty when a node can run. Takes some milliseconds. */
    public static Optional<String> reasonAgainstRealNode() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("a real node takes Linux, and this is " + System.getProperty("os.name"));
        }
        if (ownUser() != 0) {
            return Optional.of("a real node takes root (sudo, or a privileged container), and this user is not");
        }
        if (!Files.isDirectory(Path.of("/sys/fs/cgroup")) || !canMakeControlGroups()) {
            return Optional.of(
                    "control groups cannot be made in /sys/fs/cgroup; a container has to be privileged for it");
        }
        return trial();
    }

    private static boolean canMakeControlGroups() {
        var cgroups = new Cgroups("ephemera-trial-" + ProcessHandle.current().pid());
        try {
            cgroups.create();
            return cgroups.remove();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> trial() {
        try {
            Commands.run("", Namespaces.unshare("sh", "-c", TRIAL), Map.of(), LIMIT);
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of("namespaces, mounts or interfaces cannot be made (" + e.getMessage()
                    + "); a container has to be privileged for it, and ip is in the package iproute2");
        } catch (IOException e) {
            return Optional.of("unshare is missing (package util-linux)");
        }
    }
}
