package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import dev.ephemera.model.DnsSpec.GatewayReference;
import dev.ephemera.model.DnsTarget;
import dev.ephemera.model.ObjectName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedGatewayTest {
    private static final GatewayReference SHARED =
            new GatewayReference(new ObjectName("gateway"), new ObjectName("shared"));

    @ParameterizedTest
    @CsvSource({
        "Hostname,lb.example.com,CNAME",
        "IPAddress,192.0.2.1,A",
        "IPAddress,2001:db8::1,AAAA",
        "IPAddress,2001:DB8::1,AAAA"
    })
    void theRecordsTypeFollowsTheGatewaysAddress(String type, String value, String recordType) {
        var status = Map.<String, Object>of("addresses", List.of(Map.of("type", type, "value", value)));
        var target = SharedGateway.address(SHARED, status);
        assertThat(target).isEqualTo(new DnsTarget(value));
        assertThat(target.recordType()).isEqualTo(recordType);
    }

    @Test
    void aGatewayWithoutAnAddressIsRefusedByName() {
        assertThatThrownBy(() -> SharedGateway.address(SHARED, Map.of("addresses", List.of())))
                .hasMessageContaining("Gateway gateway/shared has no address");
    }

    @Test
    void anAddressThatNoRecordCanLeadToIsRefusedByNameWithTheWayOut() {
        assertThatThrownBy(() -> SharedGateway.address(
                        SHARED,
                        Map.of("addresses", List.of(Map.of("type", "NamedAddress", "value", "pool/example_1")))))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Gateway gateway/shared")
                .hasMessageContaining("pool/example_1")
                .hasMessageContaining("say dns.target in stacks/");
    }
}
