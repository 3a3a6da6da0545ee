package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applications that say no more than a test is about. */
public final class Applications {
    private Applications() {}

    /** Nothing but where its names and accounts are. */
    public static ApplicationSpec empty() {
        return limitedTo(LimitsSpec.NONE);
    }

    static ApplicationSpec limitedTo(LimitsSpec limits) {
        return new ApplicationSpec(
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                new DnsSpec(
                        new DomainName("example.com"),
                        false,
                        true,
                        new DnsSpec.GatewayReference(new ObjectName("gateway"), new ObjectName("shared")),
                        Optional.empty()),
                AccessSpec.OPEN,
                List.of(),
                limits,
                LifetimeSpec.UNLIMITED,
                Optional.empty(),
                new ApplicationSpec.AwsSpec(new AwsRegion("eu-west-1"), Optional.empty()),
                new ApplicationSpec.ClusterSpec(Optional.empty(), Optional.empty()));
    }

    /** A workload that runs {@code image} as it is. */
    public static WorkloadSpec workload(String image) {
        return WorkloadSpec.of(pod(image));
    }

    /** A job that runs {@code image} as it is, before {@code workloads}. */
    public static JobSpec job(String image, Key... workloads) {
        return new JobSpec(pod(image), List.of(workloads), List.of());
    }

    private static PodSpec pod(String image) {
        return PodSpec.of(ContainerSpec.of(new ImageReference(image)));
    }
}
