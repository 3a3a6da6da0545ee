package dev.ephemera.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.node.MachineCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The PostgreSQL servers behind moto's RDS instances: what moto is told about them, the place where they live, and their
 * end. Moto starts them, and they end with it; this waits for that.
 */
final class DatabaseServers {
    private static final Duration GRACE = Duration.ofSeconds(4);
    private static final String MARK = "ephemera-sandbox";

    private final SandboxDirectory directory;

    DatabaseServers(SandboxDirectory directory) {
        this.directory = directory;
    }

    /**
     * What moto needs to know.
     *
     * @param programs PostgreSQL's directory, with {@code bin/initdb} and {@code bin/postgres}
     * @param network in CIDR notation; all of its addresses are this machine's, and each instance gets one
     * @param names gets the instances' endpoints and addresses, in the format of {@code hosts}
     * @param authority signs their certificates
     * @param samples production's data and their masking, by the instance's identifier; others begin empty
     */
    record Settings(
            Path programs, String network, Path names, CertificateAuthority authority, Map<String, Sample> samples) {}

    /**
     * What a database of production holds. All paths are of SQL scripts.
     *
     * @param load makes tables and rows
     * @param mask makes a copy fit for previews
     * @param masked the snapshot that is taken of the masked copy, and not of the instance itself
     */
    record Sample(Path load, Path mask, String masked) {}

    /**
     * Makes the servers' home.
     *
     * @return the file with the settings, for moto
     * @throws Failure when the home's place is somebody else's
     */
    Path prepare(Settings settings) throws IOException {
        var home = home();
        make(home);
        var programs = home.resolve("programs");
        Trees.link(settings.programs(), programs);
        var samples = new TreeMap<String, Map<String, String>>();
        settings.samples()
                .forEach((instance, sample) -> samples.put(
                        instance,
                        Map.of(
                                "load", sample.load().toString(),
                                "mask", sample.mask().toString(),
                                "masked", sample.masked())));
        var text = new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new TreeMap<>(Map.of(
                        "programs", programs.toString(),
                        "home", home.toString(),
                        "kept", directory.keptData().toString(),
                        "network", settings.network(),
                        "names", settings.names().toString(),
                        "authority", settings.authority().directory().toString(),
                        "seeds", samples)));
        WholeFile.write(directory.databases(), text);
        return directory.databases();
    }

    /** For {@code --status}: who answers behind an instance. */
    String describe() throws IOException {
        if (!Files.exists(directory.databases())) {
            return canRun() ? "not started" : "records only, nobody answers (PostgreSQL servers need Linux)";
        }
        return "a PostgreSQL server each, in "
                + new ObjectMapper()
                        .readTree(directory.databases().toFile())
                        .path("network")
                        .asText();
    }

    /**
     * Returns when no server runs and nothing of them is left, after moto has ended.
     *
     * @throws Failure when one does not end
     */
    void clean() throws IOException {
        var home = home();
        Files.deleteIfExists(directory.databases());
        Files.deleteIfExists(directory.databaseNames());
        if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS) || !isOurs(home)) {
            return;
        }
        if (!Waiting.until(() -> servers().isEmpty(), GRACE)) {
            // One that was just being started when moto was killed.
            quit(servers());
            if (!Waiting.until(() -> servers().isEmpty(), GRACE)) {
                throw new Failure(
                        Exit.FAILED, "database servers " + servers() + " do not end; see what ps says of them");
            }
        }
        Trees.delete(home);
    }

    /**
     * PostgreSQL refuses to run as root. As another user it must reach its programs and data, and root's home is closed to
     * it; so root's sandbox has them outside.
     */
    private Path home() throws IOException {
        return MachineCheck.ownUser() == 0
                ? Path.of("/var/tmp", directory.clusterName())
                : directory.sandbox().resolve("databases");
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private void make(Path home) throws IOException {
        // Others may pass through, to what their user may see; nobody but us makes anything in it.
        var permissions = PosixFilePermissions.fromString("rwx--x--x");
        if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(home, PosixFilePermissions.asFileAttribute(permissions));
            Files.writeString(home.resolve(MARK), directory.root().toString());
        }
        if (!isOurs(home)) {
            throw new Failure(
                    Exit.REFUSED,
                    home + " should be where this sandbox's database servers live, and was not made by it; "
                            + "look at it, move it away and run again");
        }
        Files.setPosixFilePermissions(home, permissions);
    }

    private boolean isOurs(Path home) throws IOException {
        var mark = home.resolve(MARK);
        return Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                && owner(home) == MachineCheck.ownUser()
                && Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)
                && Files.readString(mark).equals(directory.root().toString());
    }

    /** Told by the program's path, which no other process has; their children end with them. */
    private List<Long> servers() {
        try {
            var programs = home().resolve("programs/bin").toString();
            return ProcessHandle.allProcesses()
                    .map(ProcessHandle::pid)
                    .filter(pid -> CommandLine.of(pid).stream().anyMatch(argument -> argument.startsWith(programs)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL's immediate shutdown; what Java sends would wait for its clients. */
    private static void quit(List<Long> servers) throws IOException {
        var command = Stream.concat(Stream.of("kill", "-QUIT"), servers.stream().map(String::valueOf))
                .toList();
        new ProcessBuilder(command).inheritIO().start();
    }

    /** The sample application's, where it is production's. */
    static Map<String, Sample> samples(Path projectRoot, List<Seed.SnapshotSource> sources) {
        var data = projectRoot.resolve("src/sample/data");
        return sources.stream()
                .filter(source -> source.dbInstanceIdentifier().equals(Seed.SAMPLE))
                .filter(source -> Files.isDirectory(data))
                .collect(Collectors.toMap(
                        Seed.SnapshotSource::dbInstanceIdentifier,
                        source -> new Sample(
                                data.resolve("production.sql"), data.resolve("mask.sql"), source.maskedSnapshot())));
    }

    /** They are made for Linux, and so is what ends them with moto. */
    static boolean canRun() {
        return Files.isDirectory(Path.of("/proc/self"));
    }
}
