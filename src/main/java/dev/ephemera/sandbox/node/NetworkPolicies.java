package dev.ephemera.sandbox.node;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether network policies can be, and are, enforced in a node. kube-router does it with iptables and ipset. */
public final class NetworkPolicies {
    private static final String TRIAL = "ipset create trial hash:ip"
            + " && iptables -w -A FORWARD -m set --match-set trial src -m comment --comment trial -j ACCEPT"
            + " && iptables -w -D FORWARD -m set --match-set trial src -m comment --comment trial -j ACCEPT"
            + " && ipset destroy trial";

    private final Namespaces namespaces;
    private final long first;
    private final Map<String, String> environment;

    /**
     * @param first the node's first process
     */
    public NetworkPolicies(Namespaces namespaces, long first, NodePrograms programs) {
        this.namespaces = namespaces;
        this.first = first;
        this.environment = Map.of("PATH", programs.searchPath() + ":" + RealNode.SYSTEM_PATH);
    }

    /** What is missing in this machine's kernel; empty when nothing is. */
    public Optional<String> obstacle() throws IOException {
        try {
            run("sh", "-c", TRIAL);
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether pods' traffic goes through the rules that policies are turned into. */
    public boolean areEnforced() {
        try {
            run("iptables", "-w", "-S", "KUBE-ROUTER-FORWARD");
            return true;
        } catch (Failure | IOException e) {
            return false;
        }
    }

    private void run(String... command) throws IOException {
        Commands.run("", namespaces.enter(first, List.of(command)), environment);
    }
}
