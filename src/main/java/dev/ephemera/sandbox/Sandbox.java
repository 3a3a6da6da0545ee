package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One sandbox: starts it, says what runs, ends it, empties it. */
public final class Sandbox {
    private static final Duration DEFAULT_RESTORE_TIME = Duration.ofSeconds(2);

    private final SandboxDirectory directory;
    private final OwnCode code;
    private final Programs.Source programs;
    private final Supplier<Seed> seed;
    private final Map<String, String> caller;
    private final Consumer<String> progress;
    private final Processes processes;
    private final RunningSandbox running;

    /**
     * @param programs asked only when something has to be started
     * @param seed likewise
     * @param caller the environment of whoever asks
     * @param progress told what happens, a line at a time, when something does
     */
    public Sandbox(
            SandboxDirectory directory,
            OwnCode code,
            Programs.Source programs,
            Supplier<Seed> seed,
            Map<String, String> caller,
            Consumer<String> progress) {
        this.directory = directory;
        this.code = code;
        this.programs = programs;
        this.seed = seed;
        this.caller = Map.copyOf(caller);
        this.progress = progress;
        this.processes = new Processes(directory);
        this.running = new RunningSandbox(directory, processes, code);
    }

    /**
     * Starts what does not run and seeds what is not seeded; does nothing else when all is there.
     *
     * @return what a command has to find in its environment
     * @throws Failure when a part cannot be started, or moto has ended while stacks still have resources in it
     */
    public SandboxEnvironment start(SandboxOptions options) throws IOException {
        if (options.ownCluster() && caller.getOrDefault("KUBECONFIG", "").isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "--kubernetes=mine takes the cluster that KUBECONFIG names, and KUBECONFIG is not set; "
                            + "set it, or leave the option out");
        }
        var parts = parts(options);
        var found = running.find(parts);
        if (found.isPresent()) {
            if (options.restoreTime().isPresent()) {
                writeRestoreTime(options.restoreTime().get());
            }
        } else {
            found = Optional.of(startAll(options, parts));
        }
        return found.get().limitedTo(options).over(caller, directory);
    }

    private SandboxEnvironment startAll(SandboxOptions options, Set<Part> parts) throws IOException {
        progress.accept("Starting the sandbox in " + directory.root() + " ...");
        var provided = programs.provide(!options.ownCluster());
        try (var lock = SandboxLock.take(directory.lock(), progress)) {
            var found = running.find(parts);
            if (found.isPresent()) {
                return found.get();
            }
            return new SandboxStart(directory, code, provided, seed.get(), caller, progress, processes, running)
                    .start(parts, restoreTime(options));
        }
    }

    private Duration restoreTime(SandboxOptions options) throws IOException {
        if (options.restoreTime().isPresent()) {
            return options.restoreTime().get();
        }
        return RestoreTime.read(directory.chosenRestoreTime()).orElse(DEFAULT_RESTORE_TIME);
    }

    private void writeRestoreTime(Duration time) throws IOException {
        RestoreTime.write(directory.chosenRestoreTime(), time);
        RestoreTime.write(directory.restoreTime(), time);
    }

    private static Set<Part> parts(SandboxOptions options) {
        var parts = EnumSet.allOf(Part.class);
        if (options.ownCluster()) {
            parts.removeAll(Part.CONTROL_PLANE);
        }
        if (options.officialProvider()) {
            parts.remove(Part.AWS_PROVIDER);
        }
        return parts;
    }

    /**
     * Ends the processes. State, cluster and logs stay, the emulated AWS does not.
     *
     * @throws Failure with {@link Exit#REFUSED} when stacks hold resources, which would be orphaned
     */
    public void stop() throws IOException {
        try (var lock = SandboxLock.take(directory.lock(), progress)) {
            var stacks = StackStates.withResources(directory.state());
            if (!stacks.isEmpty()) {
                throw new Failure(
                        Exit.REFUSED,
                        "the emulated AWS ends with its process, and these stacks still hold resources: "
                                + StackStates.describe(stacks)
                                + "; destroy them first (ci/sandbox pulumi destroy --stack ...), or run "
                                + "ci/sandbox --reset, which deletes state, cluster and cloud");
            }
            endAll();
        }
    }

    /** Ends the processes and deletes state, cluster and cloud. Plugins that were installed stay. */
    public void reset() throws IOException {
        try (var lock = SandboxLock.take(directory.lock(), progress)) {
            endAll();
            Trees.delete(directory.state());
            Trees.delete(directory.sandbox());
            Trees.delete(directory.pulumiHome().resolve("workspaces"));
            progress.accept("The sandbox in " + directory.root() + " is empty.");
        }
        SandboxDirectory.of(
                directory.root(),
                Map.of(SandboxDirectory.VARIABLE, directory.root().toString()));
    }

    private void endAll() throws IOException {
        running.forget();
        processes.endStrays();
        var all = new HashSet<ProcessIdentity>();
        for (var part : Part.values()) {
            var process = processes.record(part).map(ProcessRecord::process);
            if (part.isControlPlane() && part != Part.ETCD) {
                // What they know is in etcd. Asked to end, an API server first waits for its clients, for seconds.
                process.ifPresent(ProcessIdentity::kill);
            }
            process.ifPresent(all::add);
        }
        processes.end(all);
        for (var part : Part.values()) {
            processes.forget(part);
        }
    }

    /** What runs, a line each, and whether all of it does. */
    public Status status() throws IOException {
        var lines = new ArrayList<String>();
        var complete = true;
        var ports =
                Files.exists(directory.ports()) ? Optional.of(Ports.in(directory.ports())) : Optional.<Ports>empty();
        for (var part : Part.values()) {
            var record = processes.record(part);
            var alive = record.filter(written -> written.process().isAlive());
            var answers = alive.isPresent()
                    && ports.isPresent()
                    && Ports.answers(ports.get().of(part));
            complete &= answers;
            lines.add("%-24s %s".formatted(part.label(), describe(part, record, alive.isPresent(), answers, ports)));
        }
        lines.add("%-24s %s"
                .formatted(
                        "restore time",
                        RestoreTime.print(
                                RestoreTime.read(directory.chosenRestoreTime()).orElse(DEFAULT_RESTORE_TIME))));
        SortedMap<String, Integer> stacks = StackStates.withResources(directory.state());
        lines.add("%-24s %s"
                .formatted("stacks with resources", stacks.isEmpty() ? "none" : StackStates.describe(stacks)));
        lines.add("%-24s %s".formatted("directory", directory.root()));
        return new Status(lines, complete);
    }

    private String describe(
            Part part, Optional<ProcessRecord> record, boolean alive, boolean answers, Optional<Ports> ports) {
        if (record.isEmpty()) {
            return "not started";
        }
        var pid = "pid " + record.get().process().pid();
        if (!alive) {
            return "has ended (" + pid + "); its log: " + processes.log(part) + "; its last lines: "
                    + LastLines.of(processes.log(part));
        }
        var address = ports.map(known -> "127.0.0.1:" + known.of(part)).orElse("its port");
        return (answers ? "runs, " : "runs but does not answer, ") + pid + ", " + address;
    }

    /**
     * What {@code --status} says.
     *
     * @param complete whether every part runs and answers
     */
    public record Status(List<String> lines, boolean complete) {}
}
