package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.kubernetes.batch.v1.JobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
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
import java.util.stream.Stream;

/**
 * A Kubernetes Job that has to succeed once per (pod template, restored database): whatever changes one of these runs it
 * again, nothing else does.
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
     * @param databases those it uses
     * @param after the jobs that have to succeed before it starts
     */
    public record Args(
            Key key,
            JobSpec spec,
            EnvironmentNames names,
            Output<String> namespace,
            List<DatabaseAccess> databases,
            List<BatchJob> after) {}

    public BatchJob(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.fingerprint = fingerprint(args);
        var child = CustomResourceOptions.builder().parent(this).build();
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
                                .template(template(name, args, child))
                                .build())
                        .build(),
                CustomResourceOptions.merge(
                        child,
                        CustomResourceOptions.builder()
                                .dependsOn(Stream.concat(
                                                args.databases().stream().map(DatabaseAccess::secret),
                                                args.after().stream().map(BatchJob::success))
                                        .toList())
                                .customTimeouts(CustomTimeouts.builder()
                                        .create(TIMEOUT)
                                        .update(TIMEOUT)
                                        .build())
                                .build()));
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

    private PodTemplateSpecArgs template(String name, Args args, CustomResourceOptions child) {
        var pods = new PodTemplate(
                args.key(),
                args.spec().pod(),
                args.names(),
                args.namespace(),
                args.databases(),
                StartSecrets.of(args.databases()));
        return PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .labels(pods.labels())
                        .annotations(run(args))
                        .build())
                .spec(pods.pod(name, pods.container().build(), child)
                        .restartPolicy("Never")
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
                .applyValue(
                        databases -> ShortHash.of(PodFingerprint.of(args.spec().pod()), databases));
    }
}
