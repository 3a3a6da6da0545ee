package dev.ephemera.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.resources.StackOptions;
import dev.ephemera.cloud.DatabaseLookup;
import dev.ephemera.cloud.SecretLookup;
import dev.ephemera.cloud.SnapshotCatalog;
import dev.ephemera.cloud.ZoneRecords;
import dev.ephemera.components.ClusterProvider;
import dev.ephemera.components.PreviewEnvironment;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.Deployment;
import dev.ephemera.config.PricesReader;
import dev.ephemera.cost.Estimator;
import dev.ephemera.cost.PriceBook;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.EnvironmentSpec;
import dev.ephemera.model.Home;
import dev.ephemera.model.LastRun;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What {@code pulumi up} runs: read {@code stacks/}, build the specification, declare, export. An extension runs it with an
 * application of its own.
 *
 * @param <A> the application as the files say it
 */
public final class Program<A extends Record> {
    private static final Path STACKS = Path.of("stacks");
    /** The SDK tells each error to the engine, which shows it, and a second time to Java's own log. Held, or it is forgotten. */
    private static final Logger SECOND_TELLING = Logger.getLogger("com.pulumi");

    private final Class<A> type;
    private final Function<A, ApplicationSpec> application;
    private final Extension<A> extension;
    private final StackCost cost = new StackCost();

    private Program(Class<A> type, Function<A, ApplicationSpec> application, Extension<A> extension) {
        this.type = type;
        this.application = application;
        this.extension = extension;
    }

    /** Runs without an extension. */
    public static void run() {
        run(ApplicationSpec.class, Function.identity(), (application, environment) -> Map.of());
    }

    /**
     * Runs with an extension; ends when the update has ended. For a {@code main} method.
     *
     * @param type how {@code stacks/} is read, see {@link ApplicationReader#read(Path, Class)}
     * @param application what of it every environment has: its {@link ApplicationSpec}, with the workloads and jobs that the
     *     extension makes of its own blocks. Called once; these take image tags, count for the quota and stand in the
     *     outputs like any other
     * @param extension called once, when the environment is declared
     */
    public static <A extends Record> void run(
            Class<A> type, Function<A, ApplicationSpec> application, Extension<A> extension) {
        SECOND_TELLING.setLevel(Level.OFF);
        var wait = new QuietWait();
        ResourceTransformation noting = args -> {
            wait.include(args.resource());
            return Optional.empty();
        };
        var program = new Program<>(type, application, extension);
        Pulumi.withOptions(StackOptions.builder()
                        .resourceTransformations(noting, program.cost)
                        .build())
                .run(context -> {
                    program.stack(context);
                    wait.begin();
                });
    }

    private void stack(Context context) {
        try {
            var stack = stackName(context.stackName());
            var read = ApplicationReader.read(STACKS, type);
            var spec = application.apply(read);
            var prices = PricesReader.read(STACKS).orElse(PriceBook.EMPTY);
            var names = new EnvironmentNames(new ProjectName(context.projectName()), stack);
            var instances = new UnfinishedDatabases(
                    names,
                    spec.databases().keySet(),
                    name -> DatabaseLookup.resourceId(spec.aws().region().value(), name));
            var home = HomeSearch.find(spec);
            new HomeGuard(stack, spec).admit(home);
            var last = OwnOutputs.read(context);
            var environment = specification(context, names, spec, last.lastRun());
            refuseForeignHosts(environment, last.hosts());
            var secrets = secrets(environment);
            declare(context, read, environment, home, secrets, instances.besides(last.databases()), prices);
        } catch (Failure failure) {
            // The engine shows it as an error of the stack, and the program ends with exit code 1, nothing declared.
            context.log().error(failure.getMessage());
        }
    }

    /** Nobody is asked where every host is one that the last update had. */
    private static void refuseForeignHosts(EnvironmentSpec spec, Set<String> had) {
        var guard = new HostGuard(spec);
        var hosts = guard.newHosts(had);
        if (!hosts.isEmpty()) {
            var application = spec.application();
            try (var records = new ZoneRecords(
                    application.aws().region().value(), application.dns().zone().value())) {
                guard.admit(hosts, records::named);
            }
        }
    }

    private static Map<Key, SourceSecret> secrets(EnvironmentSpec spec) {
        var sources = spec.application().secrets();
        if (sources.isEmpty()) {
            return Map.of();
        }
        try (var cluster = new SecretLookup(spec.application().cluster().context())) {
            return new SecretSearch(spec.names(), sources).find(cluster::find);
        }
    }

    private static EnvironmentSpec specification(
            Context context, EnvironmentNames names, ApplicationSpec application, LastRun lastRun) {
        var deployment =
                Deployment.read(names.stack(), application, context.config("ephemera")::get, System.getenv(), lastRun);
        return new EnvironmentSpec(
                names, deployment.images().appliedTo(application), deployment.branch(), deployment.commit());
    }

    private static StackName stackName(String given) {
        try {
            return new StackName(given);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    private void declare(
            Context context,
            A read,
            EnvironmentSpec spec,
            Home home,
            Map<Key, SourceSecret> secrets,
            Set<Key> unfinished,
            PriceBook prices) {
        unfinished.forEach(
                key -> context.log().warn(unfinished(key, spec.names().physical(key))));
        var snapshots = new SnapshotSearch(
                        spec.application(),
                        () -> new SnapshotCatalog(
                                spec.application().aws().region().value()),
                        Clock.systemUTC(),
                        context.log())
                .begin();
        var environment = new PreviewEnvironment(
                spec.names().stack().value(),
                new PreviewEnvironment.Args(spec, snapshots, secrets, unfinished),
                ComponentResourceOptions.builder()
                        .providers(cluster(spec.application(), home), aws(spec.application(), home))
                        .build());
        var more = extension.declare(read, environment);
        // What the extension has made costs too.
        var estimator = new Estimator(prices, spec.application().aws().region());
        var exports = new StackOutputs(spec, environment, cost.output(estimator)).exports();
        together(exports, more).forEach(context::export);
    }

    private static String unfinished(Key key, String identifier) {
        return "database %s: the update that restored %s did not end, so it gets another password. Should the provider say that it already exists, the state does not know it: delete the instance %s, and run again"
                .formatted(key, identifier, identifier);
    }

    /**
     * Both.
     *
     * @throws Failure when {@code more} has a name that is there already
     */
    static Map<String, Output<?>> together(Map<String, Output<?>> exports, Map<String, Output<?>> more) {
        more.forEach((name, output) -> {
            if (exports.putIfAbsent(name, output) != null) {
                throw new Failure(
                        Exit.USAGE,
                        "output \"%s\": every environment has it already; let the extension call its own otherwise"
                                .formatted(name));
            }
        });
        return exports;
    }

    private static ClusterProvider cluster(ApplicationSpec application, Home home) {
        return new ClusterProvider(
                "cluster", application.cluster().context(), home.cluster(), CustomResourceOptions.Empty);
    }

    private static com.pulumi.aws.Provider aws(ApplicationSpec application, Home home) {
        return new com.pulumi.aws.Provider(
                "aws",
                com.pulumi.aws.ProviderArgs.builder()
                        .region(application.aws().region().value())
                        // Kept in the state, so that the plugin refuses other credentials in a destroy too.
                        .allowedAccountIds(List.of(home.account()))
                        .build(),
                CustomResourceOptions.Empty);
    }
}
