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
        var names = new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7"));
        var result = PulumiTest.withOptions(TestOptions.builder()
                        .projectName("shop")
                        .stackName("pr-7")
                        .preview(false)
                        .build())
                .withMocks(engine)
                .runTest((Context context) -> new PreviewEnvironment(
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
                        ComponentResourceOptions.Empty))
                .throwOnError();
        assertThat(result.errors()).isEmpty();
    }
}
