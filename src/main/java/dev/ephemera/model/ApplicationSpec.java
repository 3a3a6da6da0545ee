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
 * @param configMaps the files of each ConfigMap, by their names
 * @param secrets Secrets of the cluster that each environment gets a copy of, by the copy's name
 * @param egress where its pods may connect to beside each other and its databases
 * @param limits the most it may take of the cluster, where that is not to follow from what it declares
 * @param lifetime how long an environment lives, and how many at once
 * @param sleep when environments sleep; empty for never by themselves
 */
public record ApplicationSpec(
        Map<Key, WorkloadSpec> workloads,
        Map<Key, DatabaseSpec> databases,
        Map<Key, JobSpec> jobs,
        Map<Key, Map<EntryName, String>> configMaps,
        Map<Key, SecretSource> secrets,
        DnsSpec dns,
        AccessSpec access,
        List<EgressSpec> egress,
        LimitsSpec limits,
        LifetimeSpec lifetime,
        Optional<SleepSpec> sleep,
        AwsSpec aws,
        ClusterSpec cluster) {

    public ApplicationSpec {
        workloads = inOrder(workloads);
        databases = inOrder(databases);
        jobs = inOrder(jobs);
        configMaps = inOrder(configMaps);
        secrets = inOrder(secrets);
        egress = List.copyOf(egress);
    }

    /** The same application with these workloads and jobs. */
    public ApplicationSpec running(Map<Key, WorkloadSpec> otherWorkloads, Map<Key, JobSpec> otherJobs) {
        return new ApplicationSpec(
                otherWorkloads,
                databases,
                otherJobs,
                configMaps,
                secrets,
                dns,
                access,
                egress,
                limits,
                lifetime,
                sleep,
                aws,
                cluster);
    }

    /** The image of every container. */
    public Map<ContainerName, ImageReference> images() {
        var images = new LinkedHashMap<ContainerName, ImageReference>();
        workloads.forEach((key, workload) -> images.putAll(workload.pod().images(key)));
        jobs.forEach((key, job) -> images.putAll(job.pod().images(key)));
        return images;
    }

    private static <V> Map<Key, V> inOrder(Map<Key, V> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Whose AWS.
     *
     * @param account the one that environments may be made in; empty for the one whose credentials the first update has
     */
    public record AwsSpec(AwsRegion region, Optional<AccountId> account) {}

    /**
     * Which Kubernetes cluster.
     *
     * @param context of the kubeconfig; empty for its current one
     * @param podSecurityGroup the security group that pods keep beside their own, which on EKS is the cluster's; empty where
     *     pods have none of their own ("security groups for pods" is off)
     */
    public record ClusterSpec(Optional<String> context, Optional<SecurityGroupId> podSecurityGroup) {}
}
