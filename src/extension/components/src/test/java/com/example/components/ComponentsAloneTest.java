package com.example.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import dev.ephemera.components.Workload;
import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.PodSpec;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published components, in a project that has neither the program nor what only the program needs. */
class ComponentsAloneTest {
    private final Set<String> declared = new ConcurrentSkipListSet<>();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    @Test
    void aWorkloadIsDeclared() {
        var spec = WorkloadSpec.of(PodSpec.of(ContainerSpec.of(new ImageReference("registry.example.com/web:1"))))
                .withPort(8080);
        var args = new Workload.Args(
                new Key("web"),
                spec,
                new EnvironmentNames(new ProjectName("mail"), new StackName("pr-7")),
                Output.of("previews"),
                Optional.empty(),
                List.of(),
                List.of());
        PulumiTest.withMocks(new Noting())
                .runTest(context -> new Workload("web", args, ComponentResourceOptions.Empty))
                .throwOnError();
        assertThat(new TreeSet<>(declared))
                .containsExactly("kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.ephemera.program.Program",
                "dev.ephemera.sandbox.aws.AwsProvider",
                "software.amazon.awssdk.core.SdkClient",
                "io.fabric8.kubernetes.client.KubernetesClient",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "com.google.cloud.tools.jib.api.Jib",
                "picocli.CommandLine"
            })
    void nothingElseComesAlong(String name) {
        assertThat(ComponentsAloneTest.class.getClassLoader().getResource(name.replace('.', '/') + ".class"))
                .isNull();
    }

    private final class Noting implements Mocks {
        @Override
        public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
            if (!args.type.startsWith("ephemera:")) {
                declared.add(args.type);
            }
            return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), args.inputs));
        }

        @Override
        public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
            throw new IllegalArgumentException("nobody is to call " + args.token);
        }
    }
}
