package dev.ephemera.components;

import com.pulumi.aws.rds.Instance;
import com.pulumi.aws.rds.InstanceArgs;
import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import dev.ephemera.model.DatabaseSpec;
import dev.ephemera.model.SecurityGroupId;
import dev.ephemera.model.SnapshotOffer;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ShortHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * An RDS instance restored from a snapshot, who reaches it over the network, and the Kubernetes Secret that says how.
 *
 * <p>Snapshot and password are chosen when the database is created and kept in two stashes: a newer snapshot, an aged one or
 * another machine changes nothing. Replacing the snapshot's stash ({@code pulumi up --replace URN}) restores anew and sets
 * a new password. The instance has no final snapshot and keeps no backups: its data is a copy.
 *
 * <p>The password is the master user's. Other roles keep what the snapshot has of them.
 */
public final class SnapshotDatabase extends ComponentResource {
    private static final String TYPE = "ephemera:index:SnapshotDatabase";
    /** RDS restores may take more than the provider's own 40 minutes when the snapshot is large. */
    private static final Duration RESTORE_TIMEOUT = Duration.ofHours(2);

    private static final int PASSWORD_BITS = 160;

    private final Args args;
    private final Instance instance;
    private final SnapshotStash snapshot;
    private final DatabaseAccess access;

    /**
     * What a database is made of.
     *
     * @param namespace where the Secret goes
     * @param podSecurityGroup what pods keep beside a security group of their own; empty where they have none, and then the
     *     whole VPC reaches the database's port
     * @param snapshot what a new database is restored from
     * @param unfinished whether the instance exists, but perhaps not with its password: then it gets another one
     */
    public record Args(
            Key key,
            DatabaseSpec spec,
            EnvironmentNames names,
            Output<String> namespace,
            Optional<SecurityGroupId> podSecurityGroup,
            CompletableFuture<SnapshotOffer> snapshot,
            boolean unfinished) {}

    public SnapshotDatabase(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.args = args;
        var child = CustomResourceOptions.builder().parent(this).build();
        var key = args.key();
        var spec = args.spec();

        this.snapshot = new SnapshotStash(name + "-snapshot", args.snapshot(), child);
        var password = new Stash(
                name + "-password",
                StashArgs.builder()
                        .input(Output.ofSecret(RandomText.of(PASSWORD_BITS)))
                        .build(),
                CustomResourceOptions.merge(
                        child,
                        (args.unfinished()
                                        ? CustomResourceOptions.builder().replaceOnChanges("input")
                                        : CustomResourceOptions.builder().ignoreChanges("input"))
                                .replaceWith(snapshot)
                                .build()));
        var secretPassword = password.output().applyValue(String::valueOf).asSecret();

        var network = new DatabaseNetwork(name, args, child);
        this.instance = new Instance(
                name,
                InstanceArgs.builder()
                        .identifier(args.names().physical(key))
                        .snapshotIdentifier(snapshot.part("id"))
                        // Both are the snapshot's: left out, the next update would read as a replacement.
                        .engine(snapshot.part("engine"))
                        .storageEncrypted(snapshot.encrypted())
                        .instanceClass(spec.instanceClass().value())
                        .dbSubnetGroupName(spec.subnetGroup())
                        .vpcSecurityGroupIds(network.securityGroup().id().applyValue(List::of))
                        .publiclyAccessible(false)
                        // One Modify after the restore sets both, and the second costs nothing beside the first.
                        .password(secretPassword)
                        .backupRetentionPeriod(0)
                        .skipFinalSnapshot(true)
                        .deleteAutomatedBackups(true)
                        .applyImmediately(true)
                        // Without tags of its own a restored instance carries those of production.
                        .tags(args.names().tags(key))
                        .build(),
                CustomResourceOptions.merge(
                        child,
                        CustomResourceOptions.builder()
                                .replaceWith(snapshot)
                                // One identifier: the old one has to go first.
                                .deleteBeforeReplace(true)
                                .customTimeouts(CustomTimeouts.builder()
                                        .create(RESTORE_TIMEOUT)
                                        .build())
                                .build()));
        var variables = DatabaseAccess.variables(
                key, instance.address(), instance.port(), spec.database(), spec.username(), secretPassword);
        var secret = new Secret(
                name + "-secret",
                SecretArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(key.value())
                                .namespace(args.namespace())
                                .labels(args.names().labels(key))
                                .build())
                        .stringData(variables)
                        .build(),
                // Whoever starts with it can connect.
                CustomResourceOptions.merge(
                        child,
                        CustomResourceOptions.builder()
                                .dependsOn(network.policy())
                                .build()));
        this.access = new DatabaseAccess(
                key,
                variables,
                Output.of(key.value()),
                secret,
                network.podLabel(),
                // The engine gives the stash another id with each password, and so with each choice, of one snapshot
                // too.
                password.id().applyValue(id -> ShortHash.of(key.value(), spec.database(), spec.username(), id)),
                instance.resourceId());
        registerOutputs(Map.of("address", instance.address(), "snapshot", snapshot.part("id")));
    }

    /** How workloads and jobs reach it. */
    public DatabaseAccess access() {
        return access;
    }

    /** What the stack's outputs say of it: how to reach it, but for the password, and what it was restored from. */
    public Output<Map<String, Object>> facts() {
        return Output.tuple(
                        instance.engine(),
                        instance.address(),
                        instance.port(),
                        snapshot.part("id"),
                        instance.resourceId())
                .applyValue(values -> {
                    Map<String, Object> facts = new TreeMap<>();
                    facts.put("kind", "rds-instance");
                    facts.put("engine", values.t1);
                    facts.put("address", values.t2);
                    facts.put("port", values.t3);
                    facts.put("snapshot", values.t4);
                    // The next update reads it: what is exported was restored and has its password.
                    facts.put("resourceId", values.t5);
                    facts.put("database", args.spec().database());
                    facts.put("secretName", args.key().value());
                    return facts;
                });
    }
}
