package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.DnsSpec.GatewayReference;
import java.util.List;
import java.util.Map;

/** The Gateway that all environments share, read for the address that its status gives. */
public final class SharedGateway {
    private final Output<Address> address;

    /**
     * Where the Gateway is reached.
     *
     * @param recordType {@code A} for an IPv4 address, {@code AAAA} for an IPv6 one, {@code CNAME} for a host name
     */
    public record Address(String recordType, String value) {

        /** Throws {@link RunException} when the status has no address. */
        static Address of(GatewayReference gateway, Map<String, Object> status) {
            if (status.get("addresses") instanceof List<?> addresses
                    && !addresses.isEmpty()
                    && addresses.get(0) instanceof Map<?, ?> first) {
                var value = String.valueOf(first.get("value"));
                if ("Hostname".equals(first.get("type"))) {
                    return new Address("CNAME", value);
                }
                return new Address(value.contains(":") ? "AAAA" : "A", value);
            }
            throw new RunException(
                    "Gateway %s/%s has no address in its status: a DNS record needs one; see `kubectl describe gateway -n %s %s`"
                            .formatted(gateway.namespace(), gateway.name(), gateway.namespace(), gateway.name()));
        }
    }

    public SharedGateway(String name, GatewayReference gateway, CustomResourceOptions options) {
        this.address = CustomObject.get(
                        name,
                        "gateway.networking.k8s.io/v1",
                        "Gateway",
                        gateway.namespace().value(),
                        gateway.name().value(),
                        options)
                .status()
                .applyValue(status -> Address.of(gateway, status));
    }

    public Output<Address> address() {
        return address;
    }
}
