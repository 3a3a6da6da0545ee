package dev.ephemera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.cloud.GatewayLookup;
import dev.ephemera.doctor.Finding.Level;
import dev.ephemera.failure.Exit;
import dev.ephemera.model.DnsSpec;
import dev.ephemera.model.DnsTarget;
import dev.ephemera.model.DomainName;
import dev.ephemera.model.ObjectName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterChecksTest {
    private static final DnsSpec DNS = dns(Optional.empty());
    private static final List<String> ADDRESSES = List.of("192.0.2.7");

    private static DnsSpec dns(Optional<DnsTarget> target) {
        return new DnsSpec(
                new DomainName("preview.example.com"),
                false,
                true,
                new DnsSpec.GatewayReference(new ObjectName("gateway"), new ObjectName("shared")),
                target);
    }

    private static Finding gateway(DnsSpec dns, List<String> addresses, boolean programmed, boolean takesAll) {
        return ClusterChecks.gateway(dns, Optional.of(new GatewayLookup.Found(addresses, programmed, takesAll)));
    }

    @Test
    void theClusterIsNamedByItsUidAndContext() {
        assertThat(ClusterChecks.cluster("5f2c", Optional.of("team")).found())
                .isEqualTo("it answers: 5f2c, by the kubeconfig's context \"team\"");
    }

    @Test
    void bothKindsAreWanted() {
        assertThat(ClusterChecks.kinds(Set.of("HTTPRoute", "Gateway", "GatewayClass")))
                .isEqualTo(Finding.ok("Gateway API", "Gateway, GatewayClass, HTTPRoute"));
        assertThat(ClusterChecks.kinds(Set.of("Gateway")).found()).contains("no kind HTTPRoute of");
        assertThat(ClusterChecks.kinds(Set.of()).exit()).isEqualTo(Exit.FAILED);
        assertThat(ClusterChecks.kinds(Set.of()).found()).contains("no kind Gateway, HTTPRoute of");
    }

    @Test
    void aGatewayThatWorksIsSaidWithItsAddress() {
        assertThat(gateway(DNS, ADDRESSES, true, true)).isEqualTo(Finding.ok("Gateway", "gateway/shared at 192.0.2.7"));
    }

    @Test
    void aGatewayThatIsNotThereIsAFault() {
        var finding = ClusterChecks.gateway(DNS, Optional.empty());
        assertThat(finding.exit()).isEqualTo(Exit.FAILED);
        assertThat(finding.found()).isEqualTo("there is no Gateway gateway/shared");
    }

    @Test
    void oneWithoutAnAddressIsAFaultUnlessTheFilesSayATarget() {
        assertThat(gateway(DNS, List.of(), true, true).exit()).isEqualTo(Exit.FAILED);
        assertThat(gateway(dns(Optional.of(new DnsTarget("lb.example.com"))), List.of(), true, true))
                .isEqualTo(Finding.ok("Gateway", "gateway/shared at lb.example.com (dns.target)"));
    }

    @Test
    void oneThatDoesNotWorkYetOrTakesNoRoutesIsDoubtful() {
        assertThat(gateway(DNS, ADDRESSES, false, true).level()).isEqualTo(Level.WARNING);
        assertThat(gateway(DNS, ADDRESSES, true, false).level()).isEqualTo(Level.WARNING);
        assertThat(gateway(DNS, ADDRESSES, true, false).remedy()).contains("from: All");
    }
}
