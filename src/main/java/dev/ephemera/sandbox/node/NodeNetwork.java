package dev.ephemera.sandbox.node;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The addresses of one sandbox: a link between this machine and its real node, and a network for databases that is all
 * this machine's. They are chosen once, out of 198.18.0.0/15, which RFC 2544 keeps for tests and nobody routes.
 *
 * @param number from 0 to {@value #LAST}
 */
public record NodeNetwork(int number) {
    private static final int LAST = 255;

    /** Inside the node only, so each sandbox can have the same: Kubernetes' customary ones. */
    public static final String PODS = "10.244.0.0/16";

    /** Room for 65,000 Services: the API server's own default of 254 is little for a hundred environments. */
    public static final String SERVICES = "10.96.0.0/16";

    /** The address of the Service {@code kubernetes}: the first of {@link #SERVICES}. */
    public static final String KUBERNETES_SERVICE = "10.96.0.1";

    public NodeNetwork {
        if (number < 0 || number > LAST) {
            throw new IllegalArgumentException("0 to " + LAST + ", got " + number);
        }
    }

    /** What the file says; chosen and written when there is none. */
    public static NodeNetwork in(Path file) throws IOException {
        try {
            return new NodeNetwork(Integer.parseInt(Files.readString(file).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            var chosen = choose(file.toString().hashCode());
            Files.writeString(file, chosen.number + "\n");
            return chosen;
        }
    }

    private static NodeNetwork choose(int start) throws IOException {
        for (var i = 0; i <= LAST; i++) {
            var network = new NodeNetwork(Math.floorMod(start + i, LAST + 1));
            if (network.isFree()) {
                return network;
            }
        }
        throw new Failure(
                Exit.FAILED,
                "all of 198.18.0.0/15 is taken on this machine; stop a sandbox that you do not need (ci/sandbox --stop)");
    }

    /**
     * Returns when nobody else has them.
     *
     * @throws Failure when another sandbox took these addresses while this one was stopped
     */
    public void refuseTaken() throws IOException {
        if (!isFree()) {
            throw new Failure(
                    Exit.FAILED,
                    "an interface of this machine has addresses in " + prefix(0) + "0/24 or " + databases()
                            + ", which are this sandbox's; stop the sandbox that has them, or run ci/sandbox --reset, which"
                            + " chooses others");
        }
    }

    private boolean isFree() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .noneMatch(address -> address.getHostAddress().startsWith(prefix(0))
                        || address.getHostAddress().startsWith(prefix(1)));
    }

    /** Where the node reaches this machine: the API server and the name server. */
    public String machine() {
        return prefix(0) + "1";
    }

    /** Where this machine reaches the node: its kubelet and the Gateway. */
    public String node() {
        return prefix(0) + "2";
    }

    /** How long the link's prefix is. */
    static int linkLength() {
        return 24;
    }

    /** Every address in it is this machine's. In CIDR notation. */
    public String databases() {
        return prefix(1) + "0/24";
    }

    /** Of {@link #databases}, in CIDR notation. */
    public String databasesLowerHalf() {
        return prefix(1) + "0/25";
    }

    /** Of {@link #databases}, in CIDR notation. */
    public String databasesUpperHalf() {
        return prefix(1) + "128/25";
    }

    /** The link and the databases, in CIDR notation. */
    public String whole() {
        return prefix(0) + "0/23";
    }

    /** {@link #databases} where there is no real node: a part of the loopback network. */
    public String databasesOnLoopback() {
        return "127" + prefix(1).substring(prefix(1).indexOf('.')) + "0/24";
    }

    /** {@code 198.18.6.}: the first three numbers, and the dot behind them. */
    private String prefix(int half) {
        var third = 2 * number + half;
        return "198." + (18 + third / 256) + "." + third % 256 + ".";
    }
}
