package dev.ephemera.sandbox;

import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.DatabaseSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a team has before its first preview, made in the sandbox: a hosted zone, a network, production's databases with a
 * masked and an unmasked snapshot each, and a shared Gateway.
 *
 * @param zone the hosted zone's name, without the dot at its end
 * @param subnetGroups names of RDS subnet groups, all in the one network
 * @param sources production's databases
 * @param gateway the Gateway that routes attach to
 */
public record Seed(String zone, Set<String> subnetGroups, List<SnapshotSource> sources, GatewayReference gateway) {

    /** The sample application's database in production. */
    static final String SAMPLE = "shop-orders";

    /** The version of the servers that the sandbox runs. */
    private static final String ENGINE_VERSION = "18.6";

    private static final int ALLOCATED_STORAGE_GIB = 20;

    public Seed {
        // In order, so that the same seed is the same text.
        subnetGroups = new TreeSet<>(subnetGroups);
        sources = List.copyOf(sources);
    }

    /**
     * A database of production's. Its snapshots are called {@code <identifier>-masked-1} (with the tag
     * {@code ephemera:masked=true}) and, made later, {@code <identifier>-raw-1}.
     *
     * @param engine as RDS names it, for example {@code postgres}
     * @param database the database in it
     * @param username its master user
     */
    public record SnapshotSource(
            String dbInstanceIdentifier,
            String engine,
            String engineVersion,
            String database,
            String username,
            String instanceClass,
            int allocatedStorageGiB) {
        String maskedSnapshot() {
            return dbInstanceIdentifier + "-masked-1";
        }

        String unmaskedSnapshot() {
            return dbInstanceIdentifier + "-raw-1";
        }
    }

    /**
     * A Gateway of the Gateway API, and what its controller would write into its status.
     *
     * @param className its GatewayClass
     * @param address where it answers
     */
    public record GatewayReference(String namespace, String name, String className, Address address) {}

    /**
     * An address in a Gateway's status.
     *
     * @param type {@code IPAddress} or {@code Hostname}
     */
    public record Address(String type, String value) {}

    /** What {@code application} takes for granted: the zone, subnet groups, instances and Gateway it names.
     * Region, account and kubeconfig context are the sandbox's own. */
    public static Seed of(ApplicationSpec application) {
        var databases = application.databases().values();
        var gateway = application.dns().gateway();
        return new Seed(
                application.dns().zone().value(),
                databases.stream().map(DatabaseSpec::subnetGroup).collect(Collectors.toSet()),
                databases.stream().map(Seed::source).distinct().toList(),
                new GatewayReference(
                        gateway.namespace().value(),
                        gateway.name().value(),
                        "sandbox",
                        new Address("IPAddress", "127.0.0.1")));
    }

    private static SnapshotSource source(DatabaseSpec database) {
        return new SnapshotSource(
                database.snapshot().source(),
                database.engine().rdsName(),
                ENGINE_VERSION,
                database.database(),
                database.username(),
                database.instanceClass().value(),
                ALLOCATED_STORAGE_GIB);
    }
}
