package dev.ephemera.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether this machine can run a real node. */
public final class MachineCheck {
    private static final long LIMIT_SECONDS = 10;

    /** With a mount and interfaces in namespaces like the node's; all of it ends with the command. */
    private static final String TRIAL = "for program in nsenter sysctl setpriv; do"
            + " command -v $program >/dev/null || { echo $program is missing; exit 1; }; done;"
            + " mount --make-rprivate / && mount -t tmpfs trial /tmp && mount -t proc proc /proc"
            + " && ip link add trial type veth peer name other && ip link add bridge type bridge";

    private MachineCheck() {}

    /** What is in the way, to follow "since"; empty when a node can run. Takes some milliseconds. */
    public static Optional<String> reasonAgainstRealNode() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("a real node takes Linux, and this is " + System.getProperty("os.name"));
        }
        if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
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
        Process process;
        try {
            process = new ProcessBuilder(Namespaces.unshare("sh", "-c", TRIAL))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Optional.of("unshare is missing (package util-linux)");
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of("making namespaces takes longer than " + LIMIT_SECONDS + " s");
            }
            var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("namespaces, mounts or interfaces cannot be made (" + said.strip()
                            + "); a container has to be privileged for it, and ip is in the package iproute2");
        } catch (IOException e) {
            return Optional.of("making namespaces failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the check was interrupted");
        } finally {
            process.destroyForcibly();
        }
    }
}
