package dev.ephemera.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.resources.StackOptions;
import dev.ephemera.cloud.DatabaseLookup;
import dev.ephemera.cloud.SnapshotCatalog;
import dev.ephemera.components.ClusterProvider;
import dev.ephemera.components.PreviewEnvironment;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.Deployment;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.EnvironmentSpec;
import dev.ephemera.model.Home;
import dev.ephemera.model.LastRun;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What {@code pulumi up} runs: read, build the specification, declare, export. */
public final class Main {
    private static final Path STACKS = Path.of("stacks");
    /** The SDK tells each error to the engine, which shows it, and a second time to Java's own log. Held, or it is forgotten. */
    private static final Logger SECOND_TELLING = Logger.getLogger("com.pulumi");

    private Main() {}

    public static void main(String[] arguments) {
        SECOND_TELLING.setLevel(Level.OFF);
        var wait = new QuietWait();
        ResourceTransformation noting = args -> {
            wait.include(args.resource());
            return Optional.empty();
        };
        Pulumi.withOptions(
                        StackOptions.builder().resourceTransformations(noting).build())
                .run(context -> {
                    stack(context);
                    wait.begin();
                });
    }

    static void stack(Context context) {
        try {
            var stack = stackName(context.stackName());
            var application = ApplicationReader.read(STACKS);
            var names = new EnvironmentNames(new ProjectName(context.projectName()), stack);
            var instances = new UnfinishedDatabases(
                    names,
                    application.databases().keySet(),
                    name -> DatabaseLookup.resourceId(application.region(), name));
            var home = HomeSearch.find(application);
            new HomeGuard(stack, application).admit(home);
            var outputs = OwnOutputs.read(context);
            declare(
                    context,
                    specification(context, names, application, outputs.lastRun()),
                    home,
                    instances.besides(outputs.databases()));
        } catch (Failure failure) {
            // The engine shows it as an error of the stack, and the program ends with exit code 1, nothing declared.
            context.log().error(failure.getMessage());
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

    private static void declare(Context context, EnvironmentSpec spec, Home home, Set<Key> unfinished) {
        unfinished.forEach(
                key -> context.log().warn(unfinished(key, spec.names().physical(key))));
        var snapshots = new SnapshotSearch(
                        spec.application(),
                        () -> new SnapshotCatalog(spec.application().region()),
                        Clock.systemUTC(),
                        context.log())
                .begin();
        var environment = new PreviewEnvironment(
                spec.names().stack().value(),
                new PreviewEnvironment.Args(spec, snapshots, unfinished),
                ComponentResourceOptions.builder()
                        .providers(cluster(spec.application(), home), aws(spec.application(), home))
                        .build());
        new StackOutputs(spec, environment).exports().forEach(context::export);
    }

    private static String unfinished(Key key, String identifier) {
        return "database %s: the update that restored %s did not end, so it gets another password. Should the provider say that it already exists, the state does not know it: delete the instance %s, and run again"
                .formatted(key, identifier, identifier);
    }

    private static ClusterProvider cluster(ApplicationSpec application, Home home) {
        return new ClusterProvider("cluster", application.context(), home.cluster(), CustomResourceOptions.Empty);
    }

    private static com.pulumi.aws.Provider aws(ApplicationSpec application, Home home) {
        return new com.pulumi.aws.Provider(
                "aws",
                com.pulumi.aws.ProviderArgs.builder()
                        .region(application.region())
                        // Kept in the state, so that the plugin refuses other credentials in a destroy too.
                        .allowedAccountIds(List.of(home.account()))
                        .build(),
                CustomResourceOptions.Empty);
    }
}
