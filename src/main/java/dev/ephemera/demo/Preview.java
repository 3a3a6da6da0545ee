package dev.ephemera.demo;

import dev.ephemera.cloud.AwsSightings;
import dev.ephemera.cloud.ClusterSightings;
import dev.ephemera.model.EnvironmentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One environment of the demo: what is typed for it, and what is seen of it. */
public final class Preview {
    private final Typed typed;
    private final ClusterSightings cluster;
    private final AwsSightings aws;
    private final EnvironmentSpec spec;

    public Preview(Typed typed, ClusterSightings cluster, AwsSightings aws, EnvironmentSpec spec) {
        this.typed = typed;
        this.cluster = cluster;
        this.aws = aws;
        this.spec = spec;
    }

    String stack() {
        return spec.names().stack().value();
    }

    /** Where a browser opens it; empty when no workload is exposed. */
    Optional<String> url() {
        return spec.primaryUrl();
    }

    Sighting look() {
        return new Sighting(
                cluster.objects(spec.names()),
                aws.instances(spec.names()),
                aws.securityGroups(spec.names()),
                aws.records(spec.names(), spec.application().dns().zone().value()));
    }

    boolean isComplete(Sighting seen) {
        return seen.instances().size() == spec.application().databases().size()
                && !seen.objects().isEmpty();
    }

    /** What its pods get of its databases, by the variables' names. */
    Map<String, String> credentials() {
        return cluster.secretValues(spec.names());
    }

    Typed.Result select() {
        return typed.run(Map.of(), "ci/sandbox", "pulumi", "stack", "select", "--create", stack());
    }

    Typed.Result up(String tag, String... more) {
        var command =
                new ArrayList<>(List.of("ci/sandbox", "pulumi", "up", "--stack", stack(), "--yes", "--skip-preview"));
        command.addAll(List.of(more));
        return typed.run(Map.of("EPHEMERA_IMAGE_TAG", tag), command.toArray(String[]::new));
    }

    Typed.Result destroy() {
        return typed.run(
                Map.of(), "ci/sandbox", "pulumi", "destroy", "--stack", stack(), "--yes", "--skip-preview", "--remove");
    }

    Page page() {
        return Page.of(typed, url().orElse(""));
    }
}
