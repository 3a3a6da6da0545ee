package dev.ephemera.doctor;

import dev.ephemera.cloud.GatewayLookup;
import dev.ephemera.cloud.HomeLookup;
import dev.ephemera.failure.Exit;
import dev.ephemera.model.DnsSpec;
import dev.ephemera.model.PreviewSettings;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which cluster it is, and whether hosts of previews can be reached in it. */
final class ClusterChecks {
    private static final String CLUSTER = "cluster";
    private static final String KINDS = "Gateway API";
    private static final String GATEWAY = "Gateway";
    private static final Set<String> WANTED = Set.of("Gateway", "HTTPRoute");

    private final Findings findings;
    private final PreviewSettings settings;

    ClusterChecks(Findings findings, PreviewSettings settings) {
        this.findings = findings;
        this.settings = settings;
    }

    void all() {
        var context = settings.cluster().context();
        var uid = findings.ask(CLUSTER, () -> HomeLookup.cluster(context));
        if (uid.isEmpty()) {
            findings.add(Finding.unseen(KINDS + ", " + GATEWAY, "the cluster does not answer"));
            return;
        }
        findings.add(cluster(uid.get(), context));
        try (var lookup = new GatewayLookup(context)) {
            var kinds = findings.ask(KINDS, lookup::kinds);
            kinds.ifPresent(found -> findings.add(kinds(found)));
            if (kinds.filter(found -> found.contains(GATEWAY)).isPresent()) {
                var dns = settings.dns();
                findings.ask(GATEWAY, () -> lookup.find(dns.gateway()))
                        .ifPresent(found -> findings.add(gateway(dns, found)));
            }
        }
    }

    static Finding cluster(String uid, Optional<String> context) {
        return Finding.ok(
                CLUSTER,
                "it answers: %s, by %s"
                        .formatted(
                                uid,
                                context.map("the kubeconfig's context \"%s\""::formatted)
                                        .orElse("the kubeconfig's current context")));
    }

    static Finding kinds(Set<String> found) {
        var missing = new TreeSet<>(WANTED);
        missing.removeAll(found);
        return missing.isEmpty()
                ? Finding.ok(KINDS, String.join(", ", new TreeSet<>(found)))
                : Finding.fault(
                        KINDS,
                        Exit.FAILED,
                        "the cluster has no kind %s of gateway.networking.k8s.io/v1"
                                .formatted(String.join(", ", missing)),
                        "install the Gateway API's standard resource definitions, and a controller");
    }

    static Finding gateway(DnsSpec dns, Optional<GatewayLookup.Found> found) {
        var name = "%s/%s".formatted(dns.gateway().namespace(), dns.gateway().name());
        if (found.isEmpty()) {
            return Finding.fault(
                    GATEWAY,
                    Exit.FAILED,
                    "there is no Gateway %s".formatted(name),
                    "make it, with a wildcard certificate for %s, or change dns.gateway".formatted(dns.zone()));
        }
        var gateway = found.get();
        if (gateway.addresses().isEmpty() && dns.target().isEmpty()) {
            return Finding.fault(
                    GATEWAY,
                    Exit.FAILED,
                    "%s has no address, so no host can lead to it".formatted(name),
                    "see why its controller gives it none (kubectl describe), or say dns.target");
        }
        var told = "%s at %s"
                .formatted(
                        name,
                        dns.target()
                                .map(target -> target.value() + " (dns.target)")
                                .orElseGet(() -> String.join(", ", gateway.addresses())));
        if (!gateway.programmed()) {
            return Finding.warning(
                    GATEWAY, told + ", but its controller does not say that it works", "look at its conditions");
        }
        return gateway.takesAll()
                ? Finding.ok(GATEWAY, told)
                : Finding.warning(
                        GATEWAY,
                        told + ", but none of its listeners takes routes from all namespaces",
                        "allow them: allowedRoutes: {namespaces: {from: All}}, or a selector of previews' namespaces");
    }
}
