package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where everything of one sandbox lives: {@code state/} is Pulumi's backend, {@code pulumi/} its home, {@code sandbox/}
 * the rest. Nobody but its owner can enter it. Nothing of it lies anywhere else, so that two work trees can have a sandbox
 * each; but root's database servers do, see {@link DatabaseServers}.
 *
 * @param root the directory, absolute and with its links resolved, since processes are recognised by it
 */
public record SandboxDirectory(Path root) {
    /** Names another directory than {@code .ephemera} in the project's root. */
    public static final String VARIABLE = "EPHEMERA_SANDBOX";

    /**
     * They split lists of paths, end a quoted one or are replaced, in the options, variables and files that name the directory; a blank makes
     * kwokctl write to the path before it.
     */
    private static final String REFUSED = "\"\\,:$";

    /** Says that a directory is a sandbox, so that {@code --reset} never empties somebody's home by mistake. */
    private static final String MARK = ".ephemera-sandbox";

    /**
     * The directory that the environment asks for; made, if it is not there.
     *
     * @throws Failure when it holds something that is not a sandbox, cannot be made, or has a blank, control character,
     *     double quote, backslash, comma, colon or dollar sign in its path
     */
    public static SandboxDirectory of(Path projectRoot, Map<String, String> environment) {
        var wanted = environment.getOrDefault(VARIABLE, "");
        var path = wanted.isEmpty() ? projectRoot.resolve(".ephemera") : Path.of(wanted);
        if (path.toAbsolutePath().toString().chars().anyMatch(SandboxDirectory::isRefused)) {
            throw new Failure(
                    Exit.USAGE,
                    path.toAbsolutePath().toString().replaceAll("\\p{Cntrl}", "?")
                            + " cannot be the sandbox's directory: there is a blank, a control character or one of "
                            + REFUSED + " in its path; set " + VARIABLE + " to another directory");
        }
        try {
            Files.createDirectories(path);
            var directory = new SandboxDirectory(path.toRealPath());
            directory.claim();
            return directory;
        } catch (IOException e) {
            throw new Failure(
                    Exit.USAGE,
                    path + " cannot be made a directory for the sandbox (" + e + "); set " + VARIABLE
                            + " to one that can",
                    e);
        }
    }

    private static boolean isRefused(int character) {
        return Character.isISOControl(character)
                || Character.isWhitespace(character)
                || REFUSED.indexOf(character) >= 0;
    }

    private void claim() throws IOException {
        var mark = root.resolve(MARK);
        if (!Files.exists(mark)) {
            try (var content = Files.list(root)) {
                if (content.findAny().isPresent()) {
                    throw new Failure(
                            Exit.USAGE,
                            root + " is neither empty nor a sandbox; set " + VARIABLE + " to a new directory");
                }
            }
            Files.writeString(mark, "A sandbox of ephemera. ci/sandbox --reset empties this directory.\n");
        }
        // kwokctl writes the cluster's keys for all to read, and who has them is root where pods run.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(state());
        Files.createDirectories(pulumiHome());
        Files.createDirectories(logs());
        Files.createDirectories(records());
    }

    /** Pulumi's {@code file://} backend. */
    public Path state() {
        return root.resolve("state");
    }

    /** {@code PULUMI_HOME}: plugins and selected stacks. */
    public Path pulumiHome() {
        return root.resolve("pulumi");
    }

    /** What belongs to the running processes. */
    public Path sandbox() {
        return root.resolve("sandbox");
    }

    /** Held by whoever starts or ends parts. It stays when everything else goes. */
    public Path lock() {
        return root.resolve("lock");
    }

    public Path logs() {
        return sandbox().resolve("logs");
    }

    /** One file for each process: who it is. */
    public Path records() {
        return sandbox().resolve("processes");
    }

    /** What commands get in their environment. It is there only while everything is believed to run. */
    public Path environment() {
        return sandbox().resolve("environment");
    }

    public Path ports() {
        return sandbox().resolve("ports");
    }

    /** Which {@link dev.ephemera.sandbox.node.NodeNetwork} it has. */
    public Path network() {
        return sandbox().resolve("network");
    }

    /** Which {@link Nodes} the cluster has, once that is decided. */
    Path nodes() {
        return sandbox().resolve("nodes");
    }

    /** All that the real node writes. */
    Path node() {
        return sandbox().resolve("node");
    }

    /** Why network policies are not enforced; not there while they are. */
    Path unenforcedPolicies() {
        return sandbox().resolve("network-policies-not-enforced");
    }

    /** RDS endpoints and their addresses, in the format of {@code hosts}. */
    Path databaseNames() {
        return sandbox().resolve("database-names");
    }

    /** What moto is told of database servers; not there while instances are records only. */
    Path databases() {
        return sandbox().resolve("databases.json");
    }

    /** Data of databases that take long to make. They outlive {@code --reset}. */
    Path keptData() {
        return root.resolve("databases");
    }

    /** The authorities that a command in the sandbox trusts. */
    Path trusted() {
        return sandbox().resolve("trusted.pem");
    }

    /** The {@link CertificateAuthority}'s. It outlives {@code --reset}, since somebody may have been told to trust it. */
    public Path authority() {
        return root.resolve("authority");
    }

    /** How long a database stays {@code creating}, read by moto and by the AWS provider at each wait. */
    public Path restoreTime() {
        return sandbox().resolve("restore-time");
    }

    /** What {@code --restore-time} asked for last. It differs from the other only while the sandbox is being seeded. */
    Path chosenRestoreTime() {
        return sandbox().resolve("restore-time.chosen");
    }

    /** Programs that go first on {@code PATH}. */
    public Path programs() {
        return sandbox().resolve("bin");
    }

    public Path kubeconfig() {
        return sandbox().resolve("kubeconfig");
    }

    /** {@code KWOK_WORKDIR}: the control plane's configuration, keys, logs and data. */
    public Path kwok() {
        return sandbox().resolve("kwok");
    }

    /** Differs between directories, so that contexts of two sandboxes can stand in one kubeconfig. */
    public String clusterName() {
        return "ephemera-" + hash();
    }

    /** Eight hexadecimal digits of the directory's path. */
    String hash() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(root.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
