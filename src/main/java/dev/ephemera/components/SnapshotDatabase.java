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
import dev.ephemera.model.Snapshot;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ShortHash;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An RDS instance restored from a snapshot, who reaches it over the network, and the Kubernetes Secret that says how.
 *
 * <p>Snapshot and password are chosen when the database is created and kept in two stashes: a newer snapshot, an aged one or
 * another machine changes nothing. Replacing the snapshot's stash ({@code pulumi up --replace URN}) restores anew and sets
 * a new password. The instance has no final snapshot and keeps no backups: its data is a copy.
 */
public final class SnapshotDatabase extends ComponentResource {
    private static final String TYPE = "ephemera:index:SnapshotDatabase";
    /** RDS restores may take more than the provider's own 40 minutes when the snapshot is large. */
    private static final Duration RESTORE_TIMEOUT = Duration.ofHours(2);

    private static final int PASSWORD_BITS = 160;
    private static final int INCARNATION_BITS = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Args args;
    private final Instance instance;
    private final Output<Map<String, Object>> choice;
    private final DatabaseAccess access;

    /**
     * What a database is made of.
     *
     * @param namespace where the Secret goes
     * @param podSecurityGroup what pods keep beside a security group of their own; empty where they have none, and then the
     *     whole VPC reaches the database's port
     * @param snapshot what a new database is restored from; empty when none will do, and then only a database that exists
     *     already can be updated
     */
    public record Args(
            Key key,
            DatabaseSpec spec,
            EnvironmentNames names,
            Output<String> namespace,
            Optional<SecurityGroupId> podSecurityGroup,
            CompletableFuture<Optional<Snapshot>> snapshot) {}

    public SnapshotDatabase(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.args = args;
        var child = CustomResourceOptions.builder().parent(this).build();
        var key = args.key();
        var spec = args.spec();

        var snapshot = new Stash(
                name + "-snapshot",
                StashArgs.builder().input(candidate(args.snapshot())).build(),
                kept(child));
        var password = new Stash(
                name + "-password",
                StashArgs.builder()
                        .input(Output.ofSecret(random(PASSWORD_BITS)))
                        .build(),
                CustomResourceOptions.merge(
                        kept(child),
                        CustomResourceOptions.builder().replaceWith(snapshot).build()));
        this.choice = snapshot.output().applyValue(SnapshotDatabase::map);
        var secretPassword = password.output().applyValue(String::valueOf).asSecret();

        var network = new DatabaseNetwork(name, args, child);
        this.instance = new Instance(
                name,
                InstanceArgs.builder()
                        .identifier(args.names().physical(key))
                        .snapshotIdentifier(choice("id"))
                        // Both are the snapshot's: left out, the next update would read as a replacement.
                        .engine(choice("engine"))
                        .storageEncrypted(choice.applyValue(chosen -> Boolean.TRUE.equals(chosen.get("encrypted"))))
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
                choice("incarnation")
                        .applyValue(incarnation ->
                                ShortHash.of(key.value(), spec.database(), spec.username(), incarnation)));
        registerOutputs(Map.of("address", instance.address(), "snapshot", choice("id")));
    }

    /** How workloads and jobs reach it. */
    public DatabaseAccess access() {
        return access;
    }

    /** What the stack's outputs say of it: how to reach it, but for the password, and what it was restored from. */
    public Output<Map<String, Object>> facts() {
        return Output.tuple(instance.engine(), instance.address(), instance.port(), choice("id"))
                .applyValue(values -> {
                    Map<String, Object> facts = new TreeMap<>();
                    facts.put("kind", "rds-instance");
                    facts.put("engine", values.t1);
                    facts.put("address", values.t2);
                    facts.put("port", values.t3);
                    facts.put("snapshot", values.t4);
                    facts.put("database", args.spec().database());
                    facts.put("secretName", args.key().value());
                    return facts;
                });
    }

    private static CustomResourceOptions kept(CustomResourceOptions child) {
        return CustomResourceOptions.merge(
                child, CustomResourceOptions.builder().ignoreChanges("input").build());
    }

    /** What the stash would keep; nothing when no snapshot will do, so that a refusal is never kept. */
    private static Output<Object> candidate(CompletableFuture<Optional<Snapshot>> snapshot) {
        return Output.of(snapshot.thenApply(
                found -> found.<Object>map(SnapshotDatabase::toMap).orElse(null)));
    }

    private static Map<String, Object> toMap(Snapshot snapshot) {
        Map<String, Object> map = new TreeMap<>();
        map.put("id", snapshot.id());
        map.put("engine", snapshot.engine());
        map.put("engineVersion", snapshot.engineVersion());
        map.put("encrypted", snapshot.encrypted());
        map.put("allocatedStorage", snapshot.allocatedStorage());
        map.put("taken", snapshot.taken().toString());
        map.put("incarnation", random(INCARNATION_BITS));
        return map;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        // Nothing when no snapshot will do: a preview then goes on to tell so.
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private Output<String> choice(String part) {
        return choice.applyValue(chosen -> String.valueOf(chosen.get(part)));
    }

    /** Letters and digits only: every engine takes them, and no shell or URL needs quoting. */
    private static String random(int bits) {
        return new BigInteger(bits, RANDOM).setBit(bits).toString(Character.MAX_RADIX);
    }
}
