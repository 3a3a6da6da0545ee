package dev.ephemera.components;

import com.pulumi.aws.route53.Route53Functions;
import com.pulumi.aws.route53.inputs.GetZoneArgs;
import com.pulumi.aws.route53.outputs.GetZoneResult;
import com.pulumi.core.Output;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.EntryName;
import dev.ephemera.model.EnvironmentSpec;
import dev.ephemera.model.ExposeSpec;
import dev.ephemera.model.JobSpec;
import dev.ephemera.model.Quota;
import dev.ephemera.model.SnapshotOffer;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.model.UrlPath;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Everything of one environment: its namespace, databases, jobs, workloads and names. The restores start first, because
 * they take longest; nothing waits for them that does not need them.
 */
public final class PreviewEnvironment extends ComponentResource {
    private static final String TYPE = "ephemera:index:PreviewEnvironment";
    private static final SnapshotOffer NOT_LOOKED_FOR = new SnapshotOffer.Nothing("no snapshot was looked for");

    private final EnvironmentSpec spec;
    private final Output<String> namespace;
    private final Map<Key, SnapshotDatabase> databases = new LinkedHashMap<>();
    private final Map<Key, BatchJob> jobs = new LinkedHashMap<>();

    /**
     * What an environment is made of.
     *
     * @param snapshots for each database what a new one is restored from
     * @param secrets what the Secrets hold that it gets copies of, by the copy's key
     * @param unfinished the databases that exist, but perhaps without their password
     */
    public record Args(
            EnvironmentSpec spec,
            Map<Key, CompletableFuture<SnapshotOffer>> snapshots,
            Map<Key, SourceSecret> secrets,
            Set<Key> unfinished) {}

    public PreviewEnvironment(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.spec = args.spec();
        var application = spec.application();
        this.namespace = new IsolatedNamespace(
                        new IsolatedNamespace.Args(spec.names(), application.egress(), Quota.of(application)),
                        CustomResourceOptions.builder().parent(this).build())
                .name();
        application
                .databases()
                .forEach((key, database) -> databases.put(
                        key,
                        new SnapshotDatabase(
                                key.value(),
                                new SnapshotDatabase.Args(
                                        key,
                                        database,
                                        spec.names(),
                                        namespace,
                                        application.cluster().podSecurityGroup(),
                                        args.snapshots()
                                                .getOrDefault(key, CompletableFuture.completedFuture(NOT_LOOKED_FOR)),
                                        args.unfinished().contains(key)),
                                child())));
        var child = CustomResourceOptions.builder().parent(this).build();
        application.configMaps().forEach((key, files) -> configMap(key, files, child));
        var copies = args.secrets().entrySet().stream()
                .map(copy -> CopiedSecret.declare(copy.getKey(), copy.getValue(), spec.names(), namespace, child))
                .toList();
        // A pod without its pull Secret fails to pull, and tries again only after a while.
        var furnished = Output.tuple(namespace, Output.all(copies)).applyValue(made -> made.t1);
        spec.jobsInOrder().forEach((key, job) -> job(key, job, furnished));
        spec.workloads().forEach((key, workload) -> workload(key, workload, furnished));
        records();
        registerOutputs(Map.of("namespace", namespace));
    }

    /** What it was made of. */
    public EnvironmentSpec spec() {
        return spec;
    }

    /** The namespace's name, once it exists and is isolated. */
    public Output<String> namespaceName() {
        return namespace;
    }

    /** What the stack's outputs say of each database, by its key. */
    public Output<Map<String, Object>> databaseFacts() {
        var keys = databases.keySet().stream().map(Key::value).toList();
        return Output.all(
                        databases.values().stream().map(SnapshotDatabase::facts).toList())
                .applyValue(each -> {
                    Map<String, Object> facts = new TreeMap<>();
                    for (int i = 0; i < keys.size(); i++) {
                        facts.put(keys.get(i), each.get(i));
                    }
                    return facts;
                });
    }

    private void configMap(Key key, Map<EntryName, String> files, CustomResourceOptions child) {
        var data = new TreeMap<String, String>();
        files.forEach((name, content) -> data.put(name.value(), content));
        new ConfigMap(
                key + "-config",
                ConfigMapArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(spec.configMapName(key).value())
                                .namespace(namespace)
                                .labels(spec.names().labels(key))
                                .build())
                        .data(data)
                        .build(),
                child);
    }

    private void job(Key key, JobSpec job, Output<String> furnished) {
        jobs.put(
                key,
                new BatchJob(
                        key.value(),
                        new BatchJob.Args(
                                key,
                                job,
                                spec.names(),
                                furnished,
                                access(job.pod().usedDatabases()),
                                job.after().stream().map(jobs::get).toList()),
                        child()));
    }

    private void workload(Key key, WorkloadSpec workload, Output<String> furnished) {
        var route = workload.expose()
                .map(ExposeSpec::path)
                .map(UrlPath::value)
                .flatMap(path -> spec.host(key)
                        .map(host -> new Workload.Route(
                                host,
                                path,
                                spec.application().dns().gateway(),
                                spec.application().access())));
        new Workload(
                key.value(),
                new Workload.Args(
                        key,
                        workload,
                        spec.names(),
                        furnished,
                        route,
                        access(workload.pod().usedDatabases()),
                        spec.jobsBefore(key).stream().map(jobs::get).toList()),
                child());
    }

    private void records() {
        var dns = spec.application().dns();
        var exposed = spec.hostOwners();
        if (exposed.isEmpty()) {
            return;
        }
        var target = dns.target()
                .map(Output::of)
                .orElseGet(() -> new SharedGateway(
                                "gateway",
                                dns.gateway(),
                                CustomResourceOptions.builder().parent(this).build())
                        .address());
        var zoneId = Route53Functions.getZone(
                        GetZoneArgs.builder().name(dns.zone().value()).build(),
                        InvokeOptions.builder().parent(this).build())
                .applyValue(GetZoneResult::zoneId);
        exposed.forEach(key -> new DnsRecord(
                key + "-dns", new DnsRecord.Args(zoneId, spec.host(key).orElseThrow(), target, spec.names()), child()));
    }

    private List<DatabaseAccess> access(List<Key> keys) {
        return keys.stream().map(databases::get).map(SnapshotDatabase::access).toList();
    }

    private ComponentResourceOptions child() {
        return ComponentResourceOptions.builder().parent(this).build();
    }
}
