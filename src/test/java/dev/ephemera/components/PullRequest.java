package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.Context;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.EnvironmentSpec;
import dev.ephemera.model.Snapshot;
import dev.ephemera.model.SnapshotOffer;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An update of {@code pr-7} of the shop, without an engine. */
final class PullRequest {
    private PullRequest() {}

    /**
     * Declares all of it to {@code engine}, which fails nothing.
     *
     * @param snapshot what every database is restored from
     */
    static void up(RecordingMocks engine, ApplicationSpec application, Snapshot snapshot) {
        up(engine, application, snapshot, Map.of());
    }

    /**
     * The same, with Secrets to copy.
     *
     * @param secrets what each holds, by the copy's key
     */
    static void up(
            RecordingMocks engine, ApplicationSpec application, Snapshot snapshot, Map<Key, SourceSecret> secrets) {
        run(
                TestOptions.builder().preview(false),
                engine,
                () -> declare(application, snapshot, secrets, ComponentResourceOptions.Empty));
    }

    /** Declares what {@code program} does, with the stack's name and {@code options}; nothing of it fails. */
    static void run(TestOptions.Builder options, RecordingMocks engine, Runnable program) {
        var result = PulumiTest.withOptions(
                        options.projectName("shop").stackName("pr-7").build())
                .withMocks(engine)
                .runTest((Context context) -> program.run())
                .throwOnError();
        assertThat(result.errors()).isEmpty();
    }

    /** All of it, inside a program. */
    static PreviewEnvironment declare(
            ApplicationSpec application,
            Snapshot snapshot,
            Map<Key, SourceSecret> secrets,
            ComponentResourceOptions options) {
        var names = new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7"));
        return new PreviewEnvironment(
                "pr-7",
                new PreviewEnvironment.Args(
                        new EnvironmentSpec(names, application, Optional.empty(), Optional.empty()),
                        application.databases().keySet().stream()
                                .collect(Collectors.toMap(
                                        Function.identity(),
                                        key -> CompletableFuture.completedFuture(
                                                new SnapshotOffer.Restorable(snapshot)))),
                        secrets,
                        Set.of()),
                options);
    }
}
