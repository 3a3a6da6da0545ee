package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.IPBlockArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import dev.ephemera.model.Cidr;
import dev.ephemera.model.DnsSpec.GatewayReference;
import dev.ephemera.model.EgressSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that may cross an environment's border, a NetworkPolicy each. They hold where the cluster's network plugin
 * enforces policies; elsewhere they are taken and do nothing. Their names have a dot, which no key has.
 */
final class NetworkRules {
    private static final int DNS = 53;

    /**
     * Where name servers are: CoreDNS's pods, and addresses that nobody on the Internet has. The latter because on many
     * clusters no pod answers: EKS Auto Mode runs CoreDNS on the node behind a Service's address, a node-local cache
     * listens on a link-local one, and 198.18.0.0/15 (RFC 2544) is the sandbox's.
     */
    private static final List<String> PRIVATE_RANGES = List.of(
            "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15");

    private static final NetworkPolicyPeerArgs OWN_NAMESPACE = NetworkPolicyPeerArgs.builder()
            .podSelector(LabelSelectorArgs.builder().build())
            .build();

    private NetworkRules() {}

    /** Denies all pods everything but each other, name servers and {@code egress}. */
    static NetworkPolicyArgs border(EnvironmentNames names, Output<String> namespace, List<EgressSpec> egress) {
        var out = new ArrayList<NetworkPolicyEgressRuleArgs>();
        out.add(NetworkPolicyEgressRuleArgs.builder().to(OWN_NAMESPACE).build());
        out.add(NetworkPolicyEgressRuleArgs.builder()
                .to(nameServers())
                .ports(port("UDP", DNS), port("TCP", DNS))
                .build());
        egress.forEach(rule -> out.add(NetworkPolicyEgressRuleArgs.builder()
                .to(range(rule.cidr().value()))
                .ports(port("TCP", rule.port()))
                .build()));
        return policy("environment.border", names.labels(), namespace)
                .spec(NetworkPolicySpecArgs.builder()
                        .podSelector(LabelSelectorArgs.builder().build())
                        .policyTypes("Ingress", "Egress")
                        .ingress(NetworkPolicyIngressRuleArgs.builder()
                                .from(OWN_NAMESPACE)
                                .build())
                        .egress(out)
                        .build())
                .build();
    }

    /** Lets the Gateway in to one workload's port. */
    static NetworkPolicyArgs fromGateway(
            Key workload, EnvironmentNames names, Output<String> namespace, GatewayReference gateway, int port) {
        var from = new ArrayList<NetworkPolicyPeerArgs>();
        from.add(NetworkPolicyPeerArgs.builder()
                .namespaceSelector(namespaceNamed(gateway.sourceNamespace().value()))
                .build());
        gateway.sourceRanges().stream()
                .map(Cidr::value)
                .map(NetworkRules::range)
                .forEach(from::add);
        return policy(workload + ".from-gateway", names.labels(workload), namespace)
                .spec(NetworkPolicySpecArgs.builder()
                        .podSelector(labelled(names.selector(workload)))
                        .policyTypes("Ingress")
                        .ingress(NetworkPolicyIngressRuleArgs.builder()
                                .from(from)
                                .ports(port("TCP", port))
                                .build())
                        .build())
                .build();
    }

    /** Lets pods with the database's label out to {@code ranges}. */
    static NetworkPolicyArgs toDatabase(
            Key database, EnvironmentNames names, Output<String> namespace, Output<List<String>> ranges, int port) {
        return policy(database + ".egress", names.labels(database), namespace)
                .spec(NetworkPolicySpecArgs.builder()
                        .podSelector(labelled(names.databaseLabel(database)))
                        .policyTypes("Egress")
                        .egress(NetworkPolicyEgressRuleArgs.builder()
                                .to(ranges.applyValue(all ->
                                        all.stream().map(NetworkRules::range).toList()))
                                .ports(port("TCP", port))
                                .build())
                        .build())
                .build();
    }

    private static List<NetworkPolicyPeerArgs> nameServers() {
        var servers = new ArrayList<NetworkPolicyPeerArgs>();
        servers.add(NetworkPolicyPeerArgs.builder()
                .namespaceSelector(namespaceNamed("kube-system"))
                .podSelector(labelled(Map.of("k8s-app", "kube-dns")))
                .build());
        PRIVATE_RANGES.stream().map(NetworkRules::range).forEach(servers::add);
        return servers;
    }

    private static NetworkPolicyArgs.Builder policy(String name, Map<String, String> labels, Output<String> namespace) {
        return NetworkPolicyArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .name(name)
                        .namespace(namespace)
                        .labels(labels)
                        .build());
    }

    private static LabelSelectorArgs namespaceNamed(String name) {
        return labelled(Map.of("kubernetes.io/metadata.name", name));
    }

    private static LabelSelectorArgs labelled(Map<String, String> labels) {
        return LabelSelectorArgs.builder().matchLabels(labels).build();
    }

    private static NetworkPolicyPeerArgs range(String cidr) {
        return NetworkPolicyPeerArgs.builder()
                .ipBlock(IPBlockArgs.builder().cidr(cidr).build())
                .build();
    }

    private static NetworkPolicyPortArgs port(String protocol, int number) {
        return NetworkPolicyPortArgs.builder().protocol(protocol).port(number).build();
    }
}
