package dev.ephemera.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The node's own network, processes and mounts. Interfaces, addresses, routes, firewall rules and mounts of its parts are
 * made in there, so that none of it meets anything of this machine's, and the kernel takes all of it away when the first
 * process ends, however it ends.
 */
public final class Namespaces {
    private static final String SCRIPT = "node.sh";

    private final Path directory;
    private final NodeNetwork network;
    private final String link;

    /**
     * @param directory the node's own
     * @param link the name of this machine's end of the link, at most 15 characters
     */
    public Namespaces(Path directory, NodeNetwork network, String link) {
        this.directory = directory;
        this.network = network;
        this.link = link;
    }

    /** The first process. It has made them when {@link #ready()} is there. */
    public Launch first(NodePrograms programs) throws IOException {
        Files.deleteIfExists(ready());
        var script = Template.copy(SCRIPT, directory.resolve(SCRIPT));
        var command = unshare(
                "sh",
                script.toString(),
                network.machine(),
                directory.resolve("root").toString(),
                ready().toString(),
                directory.toString());
        programs.directories().forEach(path -> command.add(path.toString()));
        return new Launch(command, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    /** The command in namespaces of its own, which end with it. */
    static List<String> unshare(String... command) {
        var whole = new ArrayList<>(
                List.of("unshare", "--net", "--mount", "--ipc", "--uts", "--pid", "--fork", "--kill-child"));
        whole.addAll(List.of(command));
        return whole;
    }

    /** A file that says that they are made. */
    public Path ready() {
        return directory.resolve("ready");
    }

    /**
     * Joins them to this machine, and to nothing else: what asks for an address of the Internet, such as a registry's, is told
     * at once that there is no way to it.
     *
     * @param first the first process, which is outside of the namespaces of processes itself
     * @param nft the program by that name
     * @param apiServerPort where the API server is reached on this machine's end
     */
    public void connect(long first, Path nft, int apiServerPort) throws IOException {
        Commands.run(
                """
                link add %1$s type veth peer name eth0 netns %2$d
                address add %3$s/%4$d dev %1$s
                link set %1$s up
                route add local %5$s dev %1$s
                """.formatted(link, first, network.machine(), NodeNetwork.linkLength(), network.databases()),
                List.of("ip", "-batch", "-"));
        Commands.run(
                """
                link set lo up
                address add %s/%d dev eth0
                link set eth0 up
                route add %s via %s
                route add unreachable default
                """.formatted(network.node(), NodeNetwork.linkLength(), network.databases(), network.machine()),
                enter(first, List.of("ip", "-batch", "-")));
        Commands.run("", enter(first, List.of("sysctl", "-qw", "net.ipv4.ip_forward=1")));
        var rules = Template.write(
                "machine.nft",
                Map.of(
                        "machine", network.machine(),
                        "databases", network.databases(),
                        "apiServerPort", Integer.toString(apiServerPort)),
                directory.resolve("machine.nft"));
        Commands.run("", enter(first, List.of(nft.toString(), "-f", rules.toString())));
    }

    /** The command as it is run in there. */
    public List<String> enter(long first, List<String> command) {
        var entering = new ArrayList<>(List.of(
                "nsenter",
                "--target",
                Long.toString(first),
                "--net",
                "--mount",
                "--ipc",
                "--uts",
                "--pid=/proc/" + first + "/ns/pid_for_children",
                "--"));
        entering.addAll(command);
        return entering;
    }

    /** The launch as it is run in there. */
    public Launch enter(long first, Launch launch) {
        return new Launch(enter(first, launch.command()), launch.environment());
    }
}
