package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvFromSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretEnvSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.TCPSocketActionArgs;
import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.JobSpec;
import dev.ephemera.model.Variable;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The parts of a pod that workloads and jobs share. */
final class Pods {
    /** Between two tries of the readiness probe, in seconds; short, because somebody waits for a preview. */
    private static final int READINESS_PERIOD = 2;

    private Pods() {}

    /** A workload's container; it starts when every one of {@code secrets} exists, and pulls its image before that. */
    static ContainerArgs container(Key key, WorkloadSpec spec, EnvironmentNames names, List<Output<String>> secrets) {
        var container = container(key, spec.pod().container(), names, secrets);
        spec.port()
                .ifPresent(port -> container
                        .ports(ContainerPortArgs.builder().containerPort(port).build())
                        .readinessProbe(ProbeArgs.builder()
                                .tcpSocket(
                                        TCPSocketActionArgs.builder().port(port).build())
                                .periodSeconds(READINESS_PERIOD)
                                .build()));
        return container.build();
    }

    /** A job's container. */
    static ContainerArgs container(Key key, JobSpec spec, EnvironmentNames names, List<Output<String>> secrets) {
        return container(key, spec.pod().container(), names, secrets).build();
    }

    /** The application's own, over what every container is told of its environment. */
    private static Map<String, String> environment(ContainerSpec spec, EnvironmentNames names) {
        var environment = new TreeMap<>(Map.of("EPHEMERA_STACK", names.stack().value()));
        spec.env().forEach((name, value) -> environment.put(name.value(), ((Variable.Literal) value).value()));
        return environment;
    }

    private static ContainerArgs.Builder container(
            Key key, ContainerSpec spec, EnvironmentNames names, List<Output<String>> secrets) {
        var resources = spec.resources();
        return ContainerArgs.builder()
                .name(key.value())
                .image(spec.image().value())
                .command(spec.command())
                .args(spec.args())
                // A pod that waits for its Secret is tried again and again; each time with "Always" asks the registry.
                .imagePullPolicy("IfNotPresent")
                .env(environment(spec, names).entrySet().stream()
                        .map(variable -> EnvVarArgs.builder()
                                .name(variable.getKey())
                                .value(variable.getValue())
                                .build())
                        .toList())
                .envFrom(secrets.stream()
                        .map(name -> EnvFromSourceArgs.builder()
                                .secretRef(
                                        SecretEnvSourceArgs.builder().name(name).build())
                                .build())
                        .toList())
                .resources(ResourceRequirementsArgs.builder()
                        .requests(Map.of(
                                "cpu",
                                resources.cpu().value(),
                                "memory",
                                resources.memory().value()))
                        .limits(Map.of("memory", resources.memory().value()))
                        .build())
                .securityContext(SecurityContextArgs.builder()
                        .allowPrivilegeEscalation(false)
                        .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                        .build());
    }

    /**
     * What Pod Security's {@code restricted} asks of a pod, together with what its containers say.
     *
     * @param runAsUser empty for the image's own user, which must be a number and not 0
     */
    static PodSecurityContextArgs securityContext(Optional<Integer> runAsUser) {
        var context = PodSecurityContextArgs.builder()
                .runAsNonRoot(true)
                .seccompProfile(
                        SeccompProfileArgs.builder().type("RuntimeDefault").build());
        runAsUser.ifPresent(context::runAsUser);
        return context.build();
    }

    /** A pod's labels: whose it is, which, and the databases it may reach. */
    static Map<String, String> labels(Key key, EnvironmentNames names, List<DatabaseAccess> databases) {
        var labels = new TreeMap<>(names.labels(key));
        databases.forEach(database -> labels.putAll(database.podLabel()));
        return labels;
    }
}
