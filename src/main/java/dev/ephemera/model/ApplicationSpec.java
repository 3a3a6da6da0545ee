package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The application as {@code stacks/application.yaml} says it, with {@code stacks/preview.yaml} laid over it. References
 * between its parts hold: every name that one part uses is another part's key.
 *
 * @param egress where its pods may connect to beside each other and its databases
 * @param limits the most it may take of the cluster, where that is not to follow from what it declares
 * @param account the AWS account that environments may be made in; empty for the one whose credentials the first update has
 * @param context the kubeconfig context; empty for the kubeconfig's current one
 */
public record ApplicationSpec(
        Map<Key, WorkloadSpec> workloads,
        Map<Key, DatabaseSpec> databases,
        Map<Key, JobSpec> jobs,
        DnsSpec dns,
        List<EgressSpec> egress,
        LimitsSpec limits,
        String region,
        Optional<String> account,
        Optional<String> context) {

    public ApplicationSpec {
        workloads = inOrder(workloads);
        databases = inOrder(databases);
        jobs = inOrder(jobs);
        egress = List.copyOf(egress);
    }

    private static <V> Map<Key, V> inOrder(Map<Key, V> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
