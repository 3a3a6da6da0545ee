package dev.ephemera.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ephemera.cloud.Clouds;
import dev.ephemera.cloud.HomeLookup;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.Home;
import dev.ephemera.naming.OwnerMarks;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Where an environment lives: what its state says, and for what that lacks (an update that ended early, a stack that is gone)
 * what {@code stacks/} says.
 *
 * @param home the cluster and account that it was made in; empty when the state does not know
 */
public record Whereabouts(Optional<String> context, String region, String zone, Optional<Home> home) {
    private static final String CLUSTER = "pulumi:providers:kubernetes";
    private static final String AWS = "pulumi:providers:aws";
    private static final String RECORD = "aws:route53/record:Record";
    private static final String STASH = "pulumi:index:Stash";
    private static final String MARK = OwnerMarks.recordName("");

    /**
     * Finds out.
     *
     * @param project where {@code stacks/} is; not read when the state says all
     * @throws Failure when neither says enough
     */
    static Whereabouts of(StackState state, Path project) {
        var region = named(state, AWS, "aws").flatMap(aws -> text(aws.inputs().path("region")));
        var zone = state.resources().stream()
                .filter(resource -> resource.type().equals(RECORD))
                .map(record -> record.inputs().path("name").asText())
                .filter(name -> name.startsWith(MARK))
                .findFirst()
                // The host behind the mark is one label in its zone.
                .map(name -> name.substring(MARK.length()).replaceFirst("^[^.]*\\.", ""));
        // A provider without a context takes the current one, as it did when the environment was made.
        var cluster = named(state, CLUSTER, "cluster");
        var context = cluster.flatMap(provider -> text(provider.inputs().path("context")));
        if (region.isPresent() && zone.isPresent() && cluster.isPresent()) {
            return new Whereabouts(context, region.get(), zone.get(), home(state));
        }
        var settings = ApplicationReader.settings(project.resolve("stacks"));
        return new Whereabouts(
                cluster.isPresent() ? context : settings.cluster().context(),
                region.orElse(settings.aws().region().value()),
                zone.orElse(settings.dns().zone().value()),
                home(state));
    }

    private static Optional<Home> home(StackState state) {
        return named(state, STASH, "home")
                .map(stash -> stash.outputs().path("output"))
                .flatMap(home -> text(home.path("cluster"))
                        .flatMap(cluster -> text(home.path("account")).map(account -> new Home(cluster, account))));
    }

    /** Of the program's own: an extension may have more of the same type. */
    private static Optional<StackState.Resource> named(StackState state, String type, String name) {
        return state.resources().stream()
                .filter(resource ->
                        resource.type().equals(type) && resource.name().equals(name))
                .findFirst();
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText()).filter(text -> !text.isEmpty());
    }

    /**
     * Asks cluster and account who they are: "not found" in another one is not "deleted".
     *
     * @throws Failure when one of them is another than the environment's, or does not answer
     */
    void admit(StackName stack) {
        var here = new Home(HomeLookup.cluster(context), HomeLookup.account(region));
        var refusals = new ArrayList<String>();
        home.filter(made -> !made.cluster().equals(here.cluster()))
                .ifPresent(made -> refusals.add(
                        "stack %s lives in another cluster than %s leads to: got %s (the uid of its kube-system), want %s; nothing was changed; choose that cluster with KUBECONFIG, and run again"
                                .formatted(
                                        stack,
                                        context.map("the kubeconfig's context \"%s\""::formatted)
                                                .orElse("the kubeconfig's current context"),
                                        here.cluster(),
                                        made.cluster())));
        home.filter(made -> !made.account().equals(here.account()))
                .ifPresent(made -> refusals.add(
                        "stack %s lives in another AWS account than the credentials are of: got %s, want %s; nothing was changed; take credentials of that account, and run again"
                                .formatted(stack, here.account(), made.account())));
        if (!refusals.isEmpty()) {
            throw new Failure(Exit.REFUSED, String.join("\n", refusals));
        }
    }

    Clouds clouds() {
        return new Clouds(context, region, zone);
    }
}
