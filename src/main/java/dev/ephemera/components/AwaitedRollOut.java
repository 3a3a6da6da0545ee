package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentPatch;
import com.pulumi.kubernetes.apps.v1.DeploymentPatchArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaPatchArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.ShortHash;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The wait for a Deployment whose pods wait for Secrets: a patch that changes nothing but an annotation, once those are
 * there. The provider waits for the Deployment's roll-out after it.
 */
final class AwaitedRollOut {
    private AwaitedRollOut() {}

    /**
     * Declares it.
     *
     * @param secrets what has to be there first
     */
    static void of(
            String name,
            Workload.Args workload,
            Deployment deployment,
            StartSecrets secrets,
            List<Resource> waitsFor,
            CustomResourceOptions child) {
        var mark = Output.tuple(Output.all(secrets.names()), DatabaseAccess.fingerprint(workload.databases()))
                .applyValue(values -> ShortHash.of(mark(workload.spec()), values.t1.toString(), values.t2));
        new DeploymentPatch(
                name + "-ready",
                DeploymentPatchArgs.builder()
                        .metadata(ObjectMetaPatchArgs.builder()
                                .name(workload.key().value())
                                .namespace(workload.namespace())
                                .annotations(mark.applyValue(
                                        value -> Map.of("ephemera.dev/ready", value, "pulumi.com/patchForce", "true")))
                                .build())
                        .build(),
                CustomResourceOptions.merge(
                        child,
                        CustomResourceOptions.builder()
                                .dependsOn(Stream.concat(Stream.of(deployment), waitsFor.stream())
                                        .toList())
                                // It goes with the Deployment.
                                .retainOnDelete(true)
                                .build()));
    }

    /** Another value whenever pods have to be rolled out, or may be fewer or more: without one the patch is not carried out. */
    private static String mark(WorkloadSpec workload) {
        return ShortHash.of(
                PodFingerprint.of(workload.pod()),
                String.valueOf(workload.replicas()),
                workload.port().map(String::valueOf).orElse(""),
                workload.probes().toString());
    }
}
