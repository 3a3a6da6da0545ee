package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.Cidr;
import dev.ephemera.model.DatabaseSpec;
import dev.ephemera.model.DnsSpec;
import dev.ephemera.model.EgressSpec;
import dev.ephemera.model.ExposeSpec;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.JobSpec;
import dev.ephemera.model.LimitsSpec;
import dev.ephemera.model.ResourcesSpec;
import dev.ephemera.model.SnapshotRule;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads {@code application.yaml} with {@code preview.yaml} laid over it. The overlay may be absent; the application may
 * not.
 */
public final class ApplicationReader {
    private static final int LAST_PORT = 65535;
    private static final ImageReference NO_IMAGE = new ImageReference("missing");

    private final Faults faults = new Faults();

    private ApplicationReader() {}

    /**
     * Reads both files from {@code stacks}.
     *
     * @throws Failure with every fault of both files, each with its file and line
     */
    public static ApplicationSpec read(Path stacks) {
        return new ApplicationReader().application(stacks);
    }

    private ApplicationSpec application(Path stacks) {
        var file = stacks.resolve("application.yaml");
        var application = YamlReader.read(file, faults);
        var preview = YamlReader.read(stacks.resolve("preview.yaml"), faults);
        faults.throwIfAny();
        var root = application.orElseThrow(() -> new Failure(
                Exit.USAGE,
                "%s is missing: it describes the application's workloads, databases and DNS; README.md shows one"
                        .formatted(file)));
        var merged = preview.map(overlay -> MergePatch.merge(root, overlay)).orElse(root);
        var spec = application(new Block(merged, "", faults));
        faults.throwIfAny();
        return spec;
    }

    private ApplicationSpec application(Block block) {
        var databases = each(block.blocks("databases"), (key, database) -> database(database));
        var workloads = each(block.blocks("workloads"), (key, workload) -> workload(workload, databases.keySet()));
        var jobs = each(block.blocks("jobs"), (key, job) -> job(job, databases.keySet(), workloads.keySet()));
        apart(workloads, jobs, databases, block);
        onePrimary(workloads, block);
        var dns = block.requiredBlock("dns", "a block with zone and gateway").map(this::dns);
        var aws = block.requiredBlock("aws", "a block with region");
        var region =
                aws.flatMap(fields -> fields.requiredText("region", "an AWS region such as eu-west-1", Forms::region));
        var account = aws.flatMap(fields -> fields.text("account", Forms::account));
        aws.ifPresent(Block::finish);
        var cluster = block.block("cluster");
        var context = cluster.flatMap(fields -> fields.text("context", Forms::nonEmpty));
        cluster.ifPresent(Block::finish);
        var egress = egress(block);
        var limits = block.block("limits").map(this::limits).orElse(LimitsSpec.NONE);
        block.finish();
        faults.throwIfAny();
        return new ApplicationSpec(
                workloads, databases, jobs, dns.orElseThrow(), egress, limits, region.orElseThrow(), account, context);
    }

    private WorkloadSpec workload(Block block, Set<Key> databases) {
        var port = block.wholeNumber("port", 1, LAST_PORT);
        var expose = block.block("expose").map(fields -> {
            var path = fields.text("path", Forms::path).orElse("/");
            fields.finish();
            return new ExposeSpec(path);
        });
        if (expose.isPresent() && port.isEmpty()) {
            block.fault("it is exposed but has no port, want the port on which its container listens");
        }
        var spec = new WorkloadSpec(
                image(block),
                port,
                expose,
                block.wholeNumber("replicas", 1, 100).orElse(1),
                block.block("resources").map(this::resources).orElse(ResourcesSpec.DEFAULT),
                block.texts("command"),
                block.textsByName("env"),
                runAsUser(block),
                block.references("databases", databases, "database"));
        block.finish();
        return spec;
    }

    private ResourcesSpec resources(Block block) {
        var resources = new ResourcesSpec(
                block.text("cpu", Forms::cpu).orElse(ResourcesSpec.DEFAULT.cpu()),
                block.text("memory", Forms::memory).orElse(ResourcesSpec.DEFAULT.memory()));
        block.finish();
        return resources;
    }

    private DatabaseSpec database(Block block) {
        var snapshot = block.requiredBlock("snapshot", "a block with source, the RDS instance whose snapshots are used")
                .map(fields -> {
                    var rule = new SnapshotRule(fields.text("source"), fields.text("maxAge", Forms::duration));
                    fields.finish();
                    return rule;
                });
        var spec = new DatabaseSpec(
                block.requiredText("engine", "postgres", Forms::engine).orElse(""),
                block.requiredText("instanceClass", "an RDS instance class such as db.t4g.micro", Forms::instanceClass)
                        .orElse(""),
                block.text("subnetGroup"),
                block.text("database"),
                block.text("username"),
                snapshot.orElse(new SnapshotRule("", Optional.empty())));
        block.finish();
        return spec;
    }

    private JobSpec job(Block block, Set<Key> databases, Set<Key> workloads) {
        var spec = new JobSpec(
                image(block),
                block.texts("command"),
                block.textsByName("env"),
                runAsUser(block),
                block.references("databases", databases, "database"),
                block.references("before", workloads, "workload"));
        block.finish();
        return spec;
    }

    /** Not 0: no container of an environment runs as root. */
    private static Optional<Integer> runAsUser(Block block) {
        return block.wholeNumber("runAsUser", 1, Integer.MAX_VALUE);
    }

    private static List<EgressSpec> egress(Block block) {
        var rules = new ArrayList<EgressSpec>();
        for (var fields : block.blockList("egress")) {
            var cidr = fields.requiredText("cidr", "a range of IPv4 addresses such as 203.0.113.0/24", Cidr::new);
            var port = fields.requiredWholeNumber("port", 1, LAST_PORT);
            fields.finish();
            cidr.ifPresent(to -> port.ifPresent(number -> rules.add(new EgressSpec(to, number))));
        }
        return rules;
    }

    private LimitsSpec limits(Block block) {
        var limits = new LimitsSpec(
                block.wholeNumber("pods", 1, Integer.MAX_VALUE),
                block.text("cpu", Forms::cpu),
                block.text("memory", Forms::memory));
        block.finish();
        return limits;
    }

    private DnsSpec dns(Block block) {
        var zone = block.requiredText("zone", "the hosted zone's name", Forms::zone)
                .orElse("");
        var gateway = block.requiredBlock("gateway", "a block with namespace and name of the shared Gateway")
                .map(this::gateway);
        var spec = new DnsSpec(
                zone,
                block.truth("sharedZone").orElse(false),
                block.truth("https").orElse(true),
                gateway.orElse(new DnsSpec.GatewayReference("", "")));
        block.finish();
        return spec;
    }

    private DnsSpec.GatewayReference gateway(Block block) {
        var namespace = block.text("namespace");
        var name = block.text("name");
        var source = block.block("from").map(from -> {
            var given = new DnsSpec.GatewayReference.Source(
                    from.text("namespace", Forms::nonEmpty).orElse(namespace), from.list("cidrs", Cidr::new));
            from.finish();
            return given;
        });
        block.finish();
        return source.map(from -> new DnsSpec.GatewayReference(namespace, name, from))
                .orElseGet(() -> new DnsSpec.GatewayReference(namespace, name));
    }

    private static ImageReference image(Block block) {
        return block.requiredText("image", "a container image", ImageReference::new)
                .orElse(NO_IMAGE);
    }

    /** Workloads, jobs and databases share one namespace: Services, Jobs and Secrets are named by these keys. */
    private static void apart(Map<Key, ?> workloads, Map<Key, ?> jobs, Map<Key, ?> databases, Block block) {
        for (var key : workloads.keySet()) {
            if (jobs.containsKey(key) || databases.containsKey(key)) {
                block.fault("\"%s\" names a workload and something else, want one name for one thing".formatted(key));
            }
        }
        for (var key : jobs.keySet()) {
            if (databases.containsKey(key)) {
                block.fault("\"%s\" names a job and a database, want one name for one thing".formatted(key));
            }
        }
    }

    private static void onePrimary(Map<Key, WorkloadSpec> workloads, Block block) {
        var primaries = workloads.entrySet().stream()
                .filter(workload -> workload.getValue()
                        .expose()
                        .filter(ExposeSpec::isPrimary)
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
        if (primaries.size() > 1) {
            block.fault("%s are all exposed at /, want one front door".formatted(primaries));
        }
    }

    private static <T> Map<Key, T> each(Map<Key, Block> blocks, BiFunction<Key, Block, T> read) {
        var specs = new LinkedHashMap<Key, T>();
        blocks.forEach((key, block) -> specs.put(key, read.apply(key, block)));
        return specs;
    }
}
