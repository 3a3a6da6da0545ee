package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvFromSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.LocalObjectReferenceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretEnvSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.PodSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pods of a workload or a job, as Pod Security's {@code restricted} asks for them.
 *
 * @param key whose they are, and their container's name
 * @param databases those they use
 * @param secrets what their containers wait for
 */
record PodTemplate(
        Key key,
        PodSpec spec,
        EnvironmentNames names,
        Output<String> namespace,
        List<DatabaseAccess> databases,
        StartSecrets secrets) {

    /** Whose a pod is, which, and the databases it may reach. */
    Output<Map<String, String>> labels() {
        return DatabaseAccess.podLabels(databases).applyValue(ofDatabases -> {
            Map<String, String> labels = new TreeMap<>(names.labels(key));
            labels.putAll(ofDatabases);
            return labels;
        });
    }

    /**
     * Everything but the container, which {@link #container()} begins.
     *
     * @param name of the component, for what is declared beside the pods
     */
    PodSpecArgs.Builder pod(String name, ContainerArgs container, CustomResourceOptions child) {
        var pod = PodSpecArgs.builder()
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .securityContext(securityContext())
                .imagePullSecrets(spec.imagePullSecrets().stream()
                        .map(secret -> LocalObjectReferenceArgs.builder()
                                .name(secret.value())
                                .build())
                        .toList())
                .initContainers(spec.initContainers().entrySet().stream()
                        .map(each -> container(each.getKey(), each.getValue()).build())
                        .toList())
                .containers(container)
                .volumes(Volumes.of(spec));
        spec.serviceAccount()
                .ifPresent(account ->
                        pod.serviceAccountName(ServiceIdentity.of(name, key, account, names, namespace, child)));
        return pod;
    }

    /** The container, to which the caller may add. */
    ContainerArgs.Builder container() {
        return container(key, spec.container());
    }

    private ContainerArgs.Builder container(Key name, ContainerSpec container) {
        var resources = container.resources();
        return ContainerArgs.builder()
                .name(name.value())
                .image(container.image().value())
                // A pod that waits for its Secret is tried again and again; each time with "Always" asks the registry.
                .imagePullPolicy("IfNotPresent")
                .command(container.command())
                .args(container.args())
                .env(Variables.of(container.env(), names, secrets))
                .envFrom(secrets.names().stream()
                        .map(secret -> EnvFromSourceArgs.builder()
                                .secretRef(SecretEnvSourceArgs.builder()
                                        .name(secret)
                                        .build())
                                .build())
                        .toList())
                .volumeMounts(Volumes.mounts(container))
                .resources(ResourceRequirementsArgs.builder()
                        .requests(Map.of(
                                "cpu",
                                resources.cpu().value(),
                                "memory",
                                resources.memory().value()))
                        .limits(Map.of("memory", resources.memory().value()))
                        .build())
                // What a container that failed has said last stands in its status, and so in the update's error.
                .terminationMessagePolicy("FallbackToLogsOnError")
                .securityContext(SecurityContextArgs.builder()
                        .allowPrivilegeEscalation(false)
                        .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                        .build());
    }

    private PodSecurityContextArgs securityContext() {
        var context = PodSecurityContextArgs.builder()
                .runAsNonRoot(true)
                .seccompProfile(
                        SeccompProfileArgs.builder().type("RuntimeDefault").build());
        spec.runAsUser().ifPresent(context::runAsUser);
        return context.build();
    }
}
