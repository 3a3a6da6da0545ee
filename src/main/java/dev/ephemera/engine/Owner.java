package dev.ephemera.engine;

import dev.ephemera.process.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who works on a stack.
 *
 * @param run the CI system's own address of the run; empty outside CI
 * @param host whose process it is, with the process namespace where there are several on one machine
 * @param process on that host
 */
public record Owner(Optional<String> run, String host, ProcessIdentity process) {
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    /** Another for each machine, and the same after it was started anew; see machine-id(5). */
    private static final Path MACHINE = Path.of("/etc/machine-id");

    private static final String UNKNOWN_MACHINE = "?";

    /** This process. */
    public static Owner ofThisProcess(Map<String, String> environment) {
        var pid = ProcessHandle.current().pid();
        return new Owner(
                run(environment),
                thisHost(),
                ProcessIdentity.of(pid).orElseGet(() -> new ProcessIdentity(pid, "unknown")));
    }

    /** The CI run's address; empty outside CI. */
    public static Optional<String> run(Map<String, String> environment) {
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            return Optional.of("%s/%s/actions/runs/%s/attempts/%s"
                    .formatted(
                            environment.get("GITHUB_SERVER_URL"),
                            environment.get("GITHUB_REPOSITORY"),
                            environment.get("GITHUB_RUN_ID"),
                            environment.get("GITHUB_RUN_ATTEMPT")));
        }
        return Optional.ofNullable(environment.get("CI_JOB_URL"))
                .or(() -> Optional.ofNullable(environment.get("BUILD_URL")))
                .filter(url -> !url.isBlank());
    }

    private static String thisHost() {
        try {
            var name = InetAddress.getLocalHost().getHostName();
            var machine = Files.isReadable(MACHINE) ? Files.readString(MACHINE).strip() : "";
            return "%s %s %s"
                    .formatted(
                            name,
                            machine.isEmpty() ? UNKNOWN_MACHINE : machine,
                            Files.exists(NAMESPACE) ? Files.readSymbolicLink(NAMESPACE) : "");
        } catch (IOException e) {
            // Of which nothing is ever proven.
            return "unknown " + UNKNOWN_MACHINE + " " + UUID.randomUUID();
        }
    }

    /**
     * Whether it has ended for certain, as far as this host can tell.
     *
     * @param here who asks: of processes of another host nothing is known
     */
    boolean hasEnded(Owner here) {
        // Two machines may have one name: then only their ids tell that it is this one, started anew.
        return host.equals(here.host)
                && (process.isOfThisBoot() ? !process.isAlive() : !host.contains(" " + UNKNOWN_MACHINE + " "));
    }

    /** What its machine is called, as Pulumi's own locks name it. */
    String hostName() {
        return host.replaceFirst(" .*", "");
    }

    @Override
    public String toString() {
        return run.orElseGet(() -> "process %d of %s".formatted(process.pid(), hostName()));
    }
}
