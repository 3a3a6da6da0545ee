package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.node.NodePrograms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Brings a sandbox from whatever a kill, a crash or a build left of it to running and seeded. Under its lock. */
final class SandboxStart {
    private final SandboxDirectory directory;
    private final OwnCode code;
    private final Programs programs;
    private final Seed seed;
    private final Map<String, String> caller;
    private final Consumer<String> progress;
    private final Processes processes;
    private final RunningSandbox running;
    private final Addresses addresses;
    private final Health health;
    private final CertificateAuthority authority;
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
        this.addresses = Addresses.in(directory);
        this.health = new Health(processes, addresses, progress);
        this.authority = CertificateAuthority.in(directory.authority());
    }

    SandboxEnvironment start(Set<Part> parts, Duration restoreTime) throws IOException {
        running.forget();
        processes.endStrays();
        for (var part : parts) {
            health.nameIfEnded(part);
            if (part == Part.NODE && !processes.isAlive(part)) {
                // They have ended with it, which goes without saying.
                NodeEnd.end(processes);
            }
        }
        refuseToLoseTheCloud();
        new PulumiHome(directory).install(programs);
        RestoreTime.write(directory.chosenRestoreTime(), restoreTime);

        var node = node();
        if (node.isPresent()) {
            node.get().namespaces();
        }
        var together = new Together();
        if (parts.contains(Part.KUBE_APISERVER)) {
            together.add(() -> startCluster(node));
        }
        if (node.isPresent()) {
            together.add(node.get()::link);
            together.add(node.get()::containers);
        }
        together.add(() -> startCloud(node));
        if (parts.contains(Part.AWS_PROVIDER)) {
            together.add(this::startProvider);
        }
        together.join();
        RestoreTime.write(directory.restoreTime(), restoreTime);
        var environment = SandboxEnvironment.of(
                directory,
                addresses.ports(),
                node.map(NodeStart::resolver),
                authority.withSystems(directory.trusted(), caller));
        running.remember(parts, environment);
        tell("The sandbox runs");
        return environment;
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

    private Optional<NodeStart> node() {
        return programs.node()
                .map(found -> new NodeStart(directory, processes, addresses, health, found, controlPlane(), progress));
    }

    private ControlPlane controlPlane() {
        return new ControlPlane(directory, processes, addresses, controlPlanePrograms());
    }

    private Programs.ControlPlanePrograms controlPlanePrograms() {
        return programs.controlPlane()
                .orElseThrow(() -> new IllegalStateException("a cluster was asked for without its programs"));
    }

    /** Directories of resource definitions: the Gateway API's and, where there is a controller, those of its own kinds. */
    private List<Path> definitions() {
        return Stream.concat(
                        Stream.of(controlPlanePrograms().gatewayApi()),
                        programs.node().map(NodePrograms::traefikDefinitions).stream())
                .toList();
    }

    private void startCluster(Optional<NodeStart> node) throws IOException {
        var controlPlane = controlPlane();
        if (!health.areAlive(Part.CONTROL_PLANE)) {
            health.refuseTakenPorts(Part.CONTROL_PLANE);
            controlPlane.start();
        }
        try (var api = ClusterApi.of(directory.kubeconfig())) {
            health.await(Part.KUBE_APISERVER, api::isReady);
            tell("The API server is ready");
            if (node.isPresent()) {
                node.get().agents();
            }
            var definitions = definitions();
            var version = seed.gateway() + " " + seed.zone() + " " + ClusterSeed.versionOf(definitions);
            if (!isSeeded(controlPlane.seeded(), version)) {
                new ClusterSeed(api)
                        .apply(
                                seed.gateway(),
                                definitions,
                                node.isPresent() ? Nodes.REAL : Nodes.SIMULATED,
                                authority.issued("*." + seed.zone()));
                WholeFile.write(controlPlane.seeded(), version);
                tell("The cluster has the Gateway API and the shared Gateway");
            }
            if (node.isPresent()) {
                node.get().gateway();
                node.get().awaitReady(api, seed.gateway());
                tell("The node is ready, the Gateway answers");
            }
        }
        for (var part : Part.CONTROL_PLANE) {
            health.await(part);
        }
    }

    private void startCloud(Optional<NodeStart> node) throws IOException {
        if (!processes.isAlive(Part.MOTO)) {
            health.refuseTakenPorts(Set.of(Part.MOTO));
            new Moto(directory, processes, addresses.ports(), caller).start(programs.python(), databases());
        }
        health.await(Part.MOTO);
        var cloud = new CloudSeed(URI.create(LocalCloud.endpoint(addresses.ports())), addresses.network());
        var version = seed.zone() + seed.subnetGroups() + seed.sources();
        if (!isSeeded(cloudSeeded(), version)) {
            // Production's databases have been there for years.
            RestoreTime.write(directory.restoreTime(), Duration.ZERO);
            cloud.apply(seed);
            WholeFile.write(cloudSeeded(), version);
            tell("The emulated AWS has its hosted zone, network, databases and snapshots");
        }
        if (node.isPresent()) {
            node.get().names(seed.zone(), cloud.zoneId(seed.zone()));
        }
    }

    /** Empty where instances are records only. */
    private Optional<Path> databases() throws IOException {
        var servers = new DatabaseServers(directory);
        servers.clean();
        if (programs.postgresql().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(servers.prepare(new DatabaseServers.Settings(
                programs.postgresql().get(),
                programs.node().isPresent()
                        ? addresses.network().databases()
                        : addresses.network().databasesOnLoopback(),
                directory.databaseNames(),
                authority,
                DatabaseServers.samples(code.projectRoot(), seed.sources()))));
    }

    private void startProvider() throws IOException {
        var provider = new StandIn(directory, processes, addresses.ports(), code);
        if (processes.isAlive(Part.AWS_PROVIDER)) {
            if (running.isProviderCurrent()) {
                return;
            }
            progress.accept("The AWS provider's code has changed; starting it anew ...");
            processes.end(Part.AWS_PROVIDER);
        }
        health.refuseTakenPorts(Set.of(Part.AWS_PROVIDER));
        provider.start();
        health.await(Part.AWS_PROVIDER);
        tell("The AWS provider answers");
    }

    private static boolean isSeeded(Path marker, String version) throws IOException {
        return Files.exists(marker) && Files.readString(marker).equals(version);
    }

    /** Goes when moto goes. */
    private Path cloudSeeded() {
        return directory.sandbox().resolve("cloud-seeded");
    }

    private void tell(String what) {
        progress.accept("  %s (%.1f s)".formatted(what, (System.nanoTime() - began) / 1e9));
    }
}
