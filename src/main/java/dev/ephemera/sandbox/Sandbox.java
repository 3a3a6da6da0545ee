package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One sandbox: starts it, says what runs, ends it, empties it. */
public final class Sandbox {
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
        var nodes = nodes(options);
        var parts = parts(options, nodes);
        var found = running.find(parts);
        if (found.isPresent()) {
            if (options.restoreTime().isPresent()) {
                writeRestoreTime(options.restoreTime().get());
            }
        } else {
            found = Optional.of(startAll(options, nodes, parts));
        }
        return found.get().limitedTo(options).over(caller, directory);
    }

    /** Empty where the cluster is the caller's own. */
    private Optional<Nodes> nodes(SandboxOptions options) throws IOException {
        return options.ownCluster()
                ? Optional.empty()
                : Optional.of(Nodes.decide(directory.nodes(), options.nodes(), progress));
    }

    private SandboxEnvironment startAll(SandboxOptions options, Optional<Nodes> nodes, Set<Part> parts)
            throws IOException {
        progress.accept("Starting the sandbox in " + directory.root() + " ...");
        var provided = programs.provide(nodes);
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
        return RestoreTime.read(directory.chosenRestoreTime()).orElse(RestoreTime.DEFAULT);
    }

    private void writeRestoreTime(Duration time) throws IOException {
        RestoreTime.write(directory.chosenRestoreTime(), time);
        RestoreTime.write(directory.restoreTime(), time);
    }

    private Set<Part> parts(SandboxOptions options, Optional<Nodes> nodes) {
        var parts = EnumSet.allOf(Part.class);
        if (nodes.isEmpty()) {
            parts.removeAll(Part.CONTROL_PLANE);
        }
        parts.removeAll(Part.REAL_NODE);
        parts.addAll(Nodes.parts(nodes, directory));
        if (options.officialProvider()) {
            parts.remove(Part.AWS_PROVIDER);
        }
        return parts;
    }

    /**
     * Gives the real node the images of archives, as {@code docker save} and Jib write them, under the names that stand in
     * them.
     *
     * @throws Failure when a file is no such archive
     */
    public void importImages(SandboxOptions options, List<Path> archives) throws IOException {
        for (var archive : archives) {
            if (!Files.isReadable(archive) || Files.isDirectory(archive)) {
                throw new Failure(
                        Exit.USAGE,
                        archive
                                + " is not a file that can be read; want an archive of images, as docker save writes it");
            }
        }
        start(options);
        var nodes = nodes(options);
        if (!nodes.equals(Optional.of(Nodes.REAL))) {
            progress.accept("No real node is there, so no images are needed: pods only seem to run.");
            return;
        }
        var provided = programs.provide(nodes);
        var runtime = NodeStart.runtime(
                directory, processes, Addresses.in(directory), provided.node().orElseThrow());
        for (var archive : archives) {
            progress.accept("Importing " + archive + " ...");
            runtime.importImage(archive);
        }
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
            if (part == Part.NODE || part.isControlPlane() && part != Part.ETCD) {
                // What they know is in etcd. Asked to end, an API server first waits for its clients, for seconds. And
                // nothing in the node is worth an orderly end.
                process.ifPresent(ProcessIdentity::kill);
            }
            process.ifPresent(all::add);
        }
        processes.end(all);
        for (var part : Part.values()) {
            processes.forget(part);
        }
        NodeEnd.clean(directory);
        new DatabaseServers(directory).clean();
    }

    /** What runs. */
    public SandboxStatus status() throws IOException {
        return SandboxStatus.of(directory, processes);
    }
}
