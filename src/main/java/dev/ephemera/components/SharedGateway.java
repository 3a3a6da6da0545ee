package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.DnsSpec.GatewayReference;
import dev.ephemera.model.DnsTarget;
import java.util.List;
import java.util.Map;

/** The Gateway that all environments share, read for the address that its status gives. */
public final class SharedGateway {
    private final Output<DnsTarget> address;

    public SharedGateway(String name, GatewayReference gateway, CustomResourceOptions options) {
        this.address = CustomObject.get(
                        name,
                        "gateway.networking.k8s.io/v1",
                        "Gateway",
                        gateway.namespace().value(),
                        gateway.name().value(),
                        options)
                .status()
                .applyValue(status -> address(gateway, status));
    }

    /** Where it is reached: the first address of its status. */
    public Output<DnsTarget> address() {
        return address;
    }

    /** Throws {@link RunException} when the status has no address, or one that no record can lead to. */
    static DnsTarget address(GatewayReference gateway, Map<String, Object> status) {
        if (status.get("addresses") instanceof List<?> addresses
                && !addresses.isEmpty()
                && addresses.get(0) instanceof Map<?, ?> first) {
            try {
                return new DnsTarget(String.valueOf(first.get("value")));
            } catch (IllegalArgumentException e) {
                throw new RunException(
                        "the address of Gateway %s/%s cannot be a DNS record's: %s; say dns.target in stacks/"
                                .formatted(gateway.namespace(), gateway.name(), e.getMessage()));
            }
        }
        throw new RunException(
                "Gateway %s/%s has no address in its status: a DNS record needs one; see `kubectl describe gateway -n %s %s`, or say dns.target in stacks/"
                        .formatted(gateway.namespace(), gateway.name(), gateway.namespace(), gateway.name()));
    }
}
