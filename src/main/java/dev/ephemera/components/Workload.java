package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.apps.v1.inputs.RollingUpdateDeploymentArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.ephemera.model.AccessSpec;
import dev.ephemera.model.DnsSpec.GatewayReference;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Deployment, a Service where it listens, and where it is exposed an HTTPRoute and a way in for the Gateway.
 *
 * <p>A workload whose pods wait for a Secret is not awaited where it is declared, because each wait holds one of the
 * engine's few slots and has a clock of its own; its readiness is awaited once the Secret is there. The others are awaited by
 * their Deployment.
 */
public final class Workload extends ComponentResource {
    private static final String TYPE = "ephemera:index:Workload";

    private final Args args;
    private final Optional<StartGate> gate;
    private final StartSecrets secrets;

    /**
     * What a workload is made of.
     *
     * @param route the host that reaches it from outside and the shared Gateway that serves it; empty when nothing does
     * @param databases those it uses
     * @param jobs those that have to succeed before its pods start
     */
    public record Args(
            Key key,
            WorkloadSpec spec,
            EnvironmentNames names,
            Output<String> namespace,
            Optional<Route> route,
            List<DatabaseAccess> databases,
            List<BatchJob> jobs) {}

    /** Where a workload is reached from outside. */
    public record Route(String host, String path, GatewayReference gateway, AccessSpec access) {}

    public Workload(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.args = args;
        var child = CustomResourceOptions.builder().parent(this).build();
        this.gate = args.jobs().isEmpty()
                ? Optional.empty()
                : Optional.of(StartGate.of(
                        name, args.key(), args.names(), args.namespace(), args.databases(), args.jobs(), child));
        this.secrets = gate.map(open -> StartSecrets.of(open, args.databases()))
                .orElseGet(() -> StartSecrets.of(args.databases()));
        var deployment = new Deployment(name, deployment(name, child), child);
        if (waitsForSecrets()) {
            AwaitedRollOut.of(name, args, deployment, secrets, waitedFor(), child);
        }
        args.spec().port().ifPresent(port -> new Service(name + "-service", service(port), child));
        args.route()
                .ifPresent(route -> new ExposedRoute(
                                args.key(),
                                args.names(),
                                args.namespace(),
                                route,
                                args.spec().port().orElseThrow())
                        .declare(name, child));
        registerOutputs(Map.of());
    }

    private DeploymentArgs deployment(String name, CustomResourceOptions child) {
        var pods = new PodTemplate(
                args.key(), args.spec().pod(), args.names(), args.namespace(), args.databases(), secrets);
        var container = pods.container();
        args.spec()
                .port()
                .ifPresent(port -> container.ports(
                        ContainerPortArgs.builder().containerPort(port).build()));
        Probes.into(container, args.spec());
        return DeploymentArgs.builder()
                .metadata(metadata(waitsForSecrets() ? Map.of("pulumi.com/skipAwait", "true") : Map.of()))
                .spec(DeploymentSpecArgs.builder()
                        .replicas(args.spec().replicas())
                        .selector(LabelSelectorArgs.builder()
                                .matchLabels(args.names().selector(args.key()))
                                .build())
                        // Old pods serve until new ones are ready, however long those wait for their gate.
                        .strategy(DeploymentStrategyArgs.builder()
                                .type("RollingUpdate")
                                .rollingUpdate(RollingUpdateDeploymentArgs.builder()
                                        .maxUnavailable(0)
                                        .maxSurge(1)
                                        .build())
                                .build())
                        .template(PodTemplateSpecArgs.builder()
                                .metadata(ObjectMetaArgs.builder()
                                        .labels(pods.labels())
                                        .annotations(databaseMarks())
                                        .build())
                                .spec(pods.pod(name, container.build(), child).build())
                                .build())
                        .build())
                .build();
    }

    private boolean waitsForSecrets() {
        return gate.isPresent() || !args.databases().isEmpty();
    }

    private List<Resource> waitedFor() {
        return gate.<List<Resource>>map(open -> List.of(open.secret()))
                .orElseGet(() ->
                        args.databases().stream().map(DatabaseAccess::secret).toList());
    }

    /** Pods take credentials when they start: another database, or other credentials, means other pods. */
    private Output<Map<String, String>> databaseMarks() {
        return args.databases().isEmpty()
                ? Output.of(Map.of())
                : DatabaseAccess.fingerprint(args.databases())
                        .applyValue(value -> Map.of("ephemera.dev/databases", value));
    }

    private ServiceArgs service(int port) {
        return ServiceArgs.builder()
                // The provider would wait ten seconds for endpoints that the Deployment's own readiness stands for.
                .metadata(metadata(Map.of("pulumi.com/skipAwait", "true")))
                .spec(ServiceSpecArgs.builder()
                        .type("ClusterIP")
                        .selector(args.names().selector(args.key()))
                        .ports(ServicePortArgs.builder()
                                .name("main")
                                .port(port)
                                .targetPort(port)
                                .build())
                        .build())
                .build();
    }

    private ObjectMetaArgs metadata(Map<String, String> annotations) {
        return ObjectMetaArgs.builder()
                .name(args.key().value())
                .namespace(args.namespace())
                .labels(args.names().labels(args.key()))
                .annotations(annotations)
                .build();
    }
}
