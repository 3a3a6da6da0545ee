package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ShortHash;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a workload's pods wait for: a Secret that is created only when the jobs before it have succeeded. The pods are
 * there from the beginning and pull their images meanwhile; without the Secret the kubelet does not start them. Its name
 * carries what the jobs ran with, so that the pods of an earlier version go on serving until the new jobs are through.
 *
 * @param secretName known before the Secret exists
 * @param secret the Secret
 */
record StartGate(Output<String> secretName, Secret secret) {

    static StartGate of(
            String name,
            Key workload,
            EnvironmentNames names,
            Output<String> namespace,
            List<DatabaseAccess> databases,
            List<BatchJob> jobs,
            CustomResourceOptions options) {
        var secretName = Output.all(jobs.stream().map(BatchJob::fingerprint).toList())
                .applyValue(fingerprints -> workload + "-" + ShortHash.of(fingerprints.toArray(String[]::new)));
        var secret = new Secret(
                name + "-gate",
                SecretArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(secretName)
                                .namespace(namespace)
                                .labels(names.labels(workload))
                                .build())
                        .stringData(DatabaseAccess.together(databases).applyValue(StartGate::neverEmpty))
                        .build(),
                CustomResourceOptions.merge(
                        options,
                        CustomResourceOptions.builder()
                                .dependsOn(jobs.stream().map(BatchJob::success).toList())
                                .build()));
        return new StartGate(secretName, secret);
    }

    /** A workload without databases waits too: the Secret then says only that it may start. */
    private static Map<String, String> neverEmpty(Map<String, String> variables) {
        Map<String, String> filled = new TreeMap<>(variables);
        filled.put("EPHEMERA_STARTED_AFTER_JOBS", "true");
        return filled;
    }
}
