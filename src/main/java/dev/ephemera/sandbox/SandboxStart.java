package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Brings a sandbox from whatever a kill, a crash or a build left of it to running and seeded. Under its lock. */
final class SandboxStart {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SandboxDirectory directory;
    private final OwnCode code;
    private final Programs programs;
    private final Seed seed;
    private final Map<String, String> caller;
    private final Consumer<String> progress;
    private final Processes processes;
    private final RunningSandbox running;
    private final Ports ports;
    private final long began = System.nanoTime();

    SandboxStart(
            SandboxDirectory directory,
            OwnCode code,
            Programs programs,
            Seed seed,
            Map<String, String> caller,
            Consumer<String> progress,
            Processes processes,
            RunningSandbox running)
            throws IOException {
        this.directory = directory;
        this.code = code;
        this.programs = programs;
        this.seed = seed;
        this.caller = caller;
        this.progress = progress;
        this.processes = processes;
        this.running = running;
        this.ports = Ports.in(directory.ports());
    }

    SandboxEnvironment start(Set<Part> parts, Duration restoreTime) throws IOException {
        running.forget();
        processes.end(processes.strays());
        for (var part : parts) {
            nameIfEnded(part);
        }
        refuseToLoseTheCloud();
        installPulumi();
        RestoreTime.write(directory.chosenRestoreTime(), restoreTime);

        var together = new Together();
        if (parts.contains(Part.KUBE_APISERVER)) {
            together.add(this::startCluster);
        }
        together.add(this::startCloud);
        if (parts.contains(Part.AWS_PROVIDER)) {
            together.add(this::startProvider);
        }
        together.join();
        RestoreTime.write(directory.restoreTime(), restoreTime);
        var environment = environment();
        running.remember(parts, environment);
        tell("The sandbox runs");
        return environment;
    }

    /** One that has ended is named, one that runs and does not answer is named and ended. */
    private void nameIfEnded(Part part) throws IOException {
        var record = processes.record(part);
        if (record.isEmpty()) {
            return;
        }
        var process = record.get().process();
        if (process.isAlive() && Ports.answers(ports.of(part))) {
            return;
        }
        var log = processes.log(part);
        progress.accept(part.label() + " (pid " + process.pid() + ") "
                + (process.isAlive() ? "runs but does not answer on 127.0.0.1:" + ports.of(part) : "has ended")
                + "; its log: " + log + "; its last lines: " + LastLines.of(log));
        processes.end(List.of(process));
    }

    private void refuseToLoseTheCloud() throws IOException {
        if (processes.isAlive(Part.MOTO)) {
            return;
        }
        var stacks = StackStates.withResources(directory.state());
        if (!stacks.isEmpty()) {
            throw new Failure(
                    Exit.FAILED,
                    "moto does not run, and what it held is gone with it; these stacks have resources that nobody can "
                            + "find any more: " + StackStates.describe(stacks)
                            + "; run ci/sandbox --reset, which deletes state, cluster and cloud");
        }
        Files.deleteIfExists(cloudSeeded());
    }

    private void installPulumi() throws IOException {
        Links.set(directory.programs().resolve("pulumi"), programs.pulumi());
        Links.set(directory.programs().resolve("pulumi-language-java"), programs.languageHost());
        // Found by its version there; on PATH it would be taken whatever its version, with a warning on each run.
        Links.set(
                directory
                        .pulumiHome()
                        .resolve(Path.of(
                                "plugins",
                                "resource-kubernetes-v" + kubernetesProviderVersion(),
                                "pulumi-resource-kubernetes")),
                programs.kubernetesProvider());
    }

    /** The version that our jar asks the engine for. */
    private static String kubernetesProviderVersion() throws IOException {
        try (var stream = SandboxStart.class.getResourceAsStream("/com/pulumi/kubernetes/version.txt")) {
            if (stream == null) {
                throw new NoSuchFileException("com/pulumi/kubernetes/version.txt in the jar");
            }
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip();
        }
    }

    private void startCluster() throws IOException {
        var controlPlanePrograms = programs.controlPlane()
                .orElseThrow(() -> new IllegalStateException("a cluster was asked for without its programs"));
        var controlPlane = new ControlPlane(directory, processes, ports, controlPlanePrograms);
        if (!areAlive(Part.CONTROL_PLANE)) {
            refuseTakenPorts(Part.CONTROL_PLANE);
            controlPlane.start();
        }
        try (var api = ClusterApi.of(directory.kubeconfig())) {
            await(Part.KUBE_APISERVER, api::isReady);
            tell("The API server is ready");
            var gatewayApi = controlPlanePrograms.gatewayApi();
            var version = seed.gateway() + " " + ClusterSeed.versionOf(gatewayApi);
            if (!isSeeded(controlPlane.seeded(), version)) {
                new ClusterSeed(api).apply(seed.gateway(), gatewayApi);
                WholeFile.write(controlPlane.seeded(), version);
                tell("The cluster has nodes, the Gateway API and the shared Gateway");
            }
        }
        for (var part : Part.CONTROL_PLANE) {
            await(part, () -> Ports.answers(ports.of(part)));
        }
    }

    private void startCloud() throws IOException {
        if (!processes.isAlive(Part.MOTO)) {
            refuseTakenPorts(Set.of(Part.MOTO));
            new Moto(directory, processes, ports, caller).start(programs.python());
        }
        await(Part.MOTO, () -> Ports.answers(ports.of(Part.MOTO)));
        var version = new Seed(seed.zone(), seed.subnetGroups(), seed.sources(), seed.gateway()).toString();
        if (!isSeeded(cloudSeeded(), version)) {
            // Production's databases have been there for years.
            RestoreTime.write(directory.restoreTime(), Duration.ZERO);
            new CloudSeed(URI.create(LocalCloud.endpoint(ports))).apply(seed);
            WholeFile.write(cloudSeeded(), version);
            tell("The emulated AWS has its hosted zone, network, databases and snapshots");
        }
    }

    private void startProvider() throws IOException {
        var provider = new StandIn(directory, processes, ports, code);
        if (processes.isAlive(Part.AWS_PROVIDER)) {
            if (provider.isCurrent()) {
                return;
            }
            progress.accept("The AWS provider's code has changed; starting it anew ...");
            processes.end(Sandbox.identities(processes.record(Part.AWS_PROVIDER)));
        }
        refuseTakenPorts(Set.of(Part.AWS_PROVIDER));
        provider.start();
        await(Part.AWS_PROVIDER, () -> Ports.answers(ports.of(Part.AWS_PROVIDER)));
        tell("The AWS provider answers");
    }

    private boolean areAlive(Set<Part> parts) throws IOException {
        for (var part : parts) {
            if (!processes.isAlive(part)) {
                return false;
            }
        }
        return true;
    }

    private void refuseTakenPorts(Set<Part> parts) throws IOException {
        for (var part : parts) {
            if (!processes.isAlive(part) && !Ports.isFree(ports.of(part))) {
                throw new Failure(
                        Exit.FAILED,
                        "port " + ports.of(part) + " on 127.0.0.1, where " + part.label()
                                + " of this sandbox listens, has been taken by another process; end that one, or run "
                                + "ci/sandbox --reset, which chooses other ports");
            }
        }
    }

    private void await(Part part, java.util.function.BooleanSupplier ready) throws IOException {
        var alive = new java.util.concurrent.atomic.AtomicBoolean(true);
        var inTime = Waiting.until(
                () -> {
                    alive.set(isAlive(part));
                    return !alive.get() || ready.getAsBoolean();
                },
                LIMIT);
        if (!inTime || !alive.get()) {
            var log = processes.log(part);
            throw new Failure(
                    Exit.FAILED,
                    part.label()
                            + (alive.get() ? " did not answer within " + LIMIT.toSeconds() + " s" : " ended at once")
                            + "; its log: " + log + "; its last lines: " + LastLines.of(log));
        }
    }

    private boolean isAlive(Part part) {
        try {
            return processes.isAlive(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSeeded(Path marker, String version) throws IOException {
        return Files.exists(marker) && Files.readString(marker).equals(version);
    }

    /** Goes when moto goes. */
    private Path cloudSeeded() {
        return directory.sandbox().resolve("cloud-seeded");
    }

    private SandboxEnvironment environment() {
        var set = new java.util.TreeMap<>(LocalCloud.environment(directory, ports));
        set.put("PULUMI_HOME", directory.pulumiHome().toString());
        set.put("PULUMI_BACKEND_URL", "file://" + directory.state());
        // Protects nothing: it stands here for all to read, and what it encrypts are the sandbox's own secrets.
        set.put("PULUMI_CONFIG_PASSPHRASE", "sandbox");
        set.put("PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER", "true");
        set.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        set.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        set.put("PULUMI_DEBUG_PROVIDERS", "aws:" + ports.of(Part.AWS_PROVIDER));
        set.put("KUBECONFIG", directory.kubeconfig().toString());
        set.put(SandboxDirectory.VARIABLE, directory.root().toString());
        return new SandboxEnvironment(
                set, new java.util.TreeSet<>(List.of("PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE_FILE")));
    }

    private void tell(String what) {
        progress.accept("  %s (%.1f s)".formatted(what, (System.nanoTime() - began) / 1e9));
    }
}
