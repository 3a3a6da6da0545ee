package dev.ephemera.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CoreDNS: the cluster's names, the endpoints of databases, and the hosted zone as Route53 has it. It runs on this machine's
 * end of the link, so that pods ask it as well as commands.
 */
public final class NameServer {
    private static final Path SYSTEM = Path.of("/etc/resolv.conf");

    private final Path directory;
    private final Path coreDns;
    private final Map<String, String> values;

    /**
     * @param kubeconfig of the control plane
     * @param databaseNames a file in the format of {@code hosts}
     */
    public NameServer(Path directory, Path coreDns, NodeNetwork network, Path kubeconfig, Path databaseNames) {
        this.directory = directory;
        this.coreDns = coreDns;
        this.values = Map.of(
                "machine", network.machine(),
                "kubeconfig", kubeconfig.toString(),
                "databaseNames", databaseNames.toString());
    }

    /**
     * Where this machine looks names up. Started by a command of a sandbox, which looks them up here, it asks whom it asked
     * the last time: asking itself would have no end.
     */
    private String others() throws IOException {
        var kept = directory.resolve("resolv.conf.machine");
        if (Files.isReadable(SYSTEM)) {
            var text = Files.readString(SYSTEM);
            if (!text.contains("nameserver " + values.get("machine") + "\n")) {
                Files.writeString(kept, text);
            }
        }
        return Files.exists(kept) && Files.readString(kept).contains("nameserver ")
                ? "forward . " + kept
                : "# This machine names nobody else to ask.";
    }

    /**
     * What is run for it.
     *
     * @param zone the hosted zone, without the dot at its end
     * @param aws variables by which AWS's clients know where to ask, and who does
     */
    public Launch launch(String zone, String zoneId, Map<String, String> aws) throws IOException {
        var all = new TreeMap<>(values);
        all.put("zone", zone);
        all.put("zoneId", zoneId);
        var databaseNames = Path.of(values.get("databaseNames"));
        if (!Files.exists(databaseNames)) {
            Files.createFile(databaseNames);
        }
        all.put("others", others());
        var configuration = Template.write("Corefile", all, directory.resolve("Corefile"));
        return new Launch(List.of(coreDns.toString(), "-conf", configuration.toString()), aws);
    }
}
