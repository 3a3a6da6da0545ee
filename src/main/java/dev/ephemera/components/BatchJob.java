package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.kubernetes.batch.v1.JobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import dev.ephemera.model.JobSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ShortHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Kubernetes Job that has to succeed once per (image, command, environment, restored database): whatever changes one of
 * these runs it again, nothing else does.
 */
public final class BatchJob extends ComponentResource {
    private static final String TYPE = "ephemera:index:BatchJob";
    /** How long a migration may take before the update gives up on it. */
    private static final Duration TIMEOUT = Duration.ofHours(1);
    /** Retries of a failed pod, beyond the first try: one, because the database may have just become reachable. */
    private static final int RETRIES = 1;

    private final Job job;
    private final Output<String> fingerprint;

    /**
     * What a job is made of.
     *
     * @param databases those it uses, in the order of its specification
     */
    public record Args(
            Key key, JobSpec spec, EnvironmentNames names, Output<String> namespace, List<DatabaseAccess> databases) {}

    public BatchJob(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.fingerprint = fingerprint(args);
        this.job = new Job(
                name,
                JobArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(args.key().value())
                                .namespace(args.namespace())
                                .labels(args.names().labels(args.key()))
                                // A job that failed is made anew by the next update instead of staying failed.
                                .annotations(Map.of("pulumi.com/replaceUnready", "true"))
                                .build())
                        .spec(JobSpecArgs.builder()
                                .backoffLimit(RETRIES)
                                .template(template(args))
                                .build())
                        .build(),
                CustomResourceOptions.builder()
                        .parent(this)
                        .dependsOn(args.databases().stream()
                                .map(DatabaseAccess::secret)
                                .toList())
                        .customTimeouts(CustomTimeouts.builder()
                                .create(TIMEOUT)
                                .update(TIMEOUT)
                                .build())
                        .build());
        registerOutputs(Map.of());
    }

    /**
     * Another value whenever the job's specification, or the choice of what its databases are restored from, is another.
     * Known before the databases are there, so that what waits for the job can be declared beside their restores. A
     * database that was replaced alone runs the job again without another value here.
     */
    public Output<String> fingerprint() {
        return fingerprint;
    }

    /** What is there only when the job has succeeded. */
    public Resource success() {
        return job;
    }

    private PodTemplateSpecArgs template(Args args) {
        return PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .labels(Pods.labels(args.key(), args.names(), args.databases()))
                        .annotations(run(args))
                        .build())
                .spec(PodSpecArgs.builder()
                        .restartPolicy("Never")
                        .automountServiceAccountToken(false)
                        .securityContext(Pods.securityContext(args.spec().runAsUser()))
                        .containers(Pods.container(
                                args.key(),
                                args.spec(),
                                args.names(),
                                args.databases().stream()
                                        .map(DatabaseAccess::secretName)
                                        .toList()))
                        .build())
                .build();
    }

    /** Other annotations whenever the job has to run again: a changed template makes the Job anew. */
    private Output<Map<String, String>> run(Args args) {
        return Output.tuple(fingerprint, DatabaseAccess.restored(args.databases()))
                .applyValue(values -> Map.of("ephemera.dev/run", ShortHash.of(values.t1, values.t2)));
    }

    private static Output<String> fingerprint(Args args) {
        return DatabaseAccess.fingerprint(args.databases())
                .applyValue(databases -> ShortHash.of(
                        args.spec().image().value(),
                        ShortHash.of(args.spec().command().toArray(String[]::new)),
                        ShortHash.ofMap(args.spec().environment()),
                        databases));
    }
}
