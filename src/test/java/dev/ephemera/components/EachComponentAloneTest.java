package dev.ephemera.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.test.PulumiTest;
import dev.ephemera.model.Applications;
import dev.ephemera.model.DatabaseSpec;
import dev.ephemera.model.DnsTarget;
import dev.ephemera.model.Engine;
import dev.ephemera.model.InstanceClass;
import dev.ephemera.model.Quota;
import dev.ephemera.model.Snapshot;
import dev.ephemera.model.SnapshotOffer;
import dev.ephemera.model.SnapshotRule;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each public component in a program that declares nothing else. */
class EachComponentAloneTest {
    private static final EnvironmentNames NAMES = new EnvironmentNames(new ProjectName("mail"), new StackName("pr-7"));
    private static final Output<String> NAMESPACE = Output.of("previews");

    private final RecordingMocks engine = new RecordingMocks();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private List<String> declaredBy(Runnable program) {
        PulumiTest.withMocks(engine).runTest(context -> program.run()).throwOnError();
        return engine.events().stream()
                .map(event -> event.replaceFirst("asked for \\S+ ", ""))
                .filter(type -> !type.startsWith("pulumi:pulumi:") && !type.startsWith("ephemera:"))
                .sorted()
                .toList();
    }

    @Test
    void anIsolatedNamespace() {
        var args = new IsolatedNamespace.Args(NAMES, List.of(), Quota.of(Applications.empty()));
        assertThat(declaredBy(() -> new IsolatedNamespace(args, CustomResourceOptions.Empty)))
                .containsExactly(
                        "kubernetes:core/v1:LimitRange",
                        "kubernetes:core/v1:Namespace",
                        "kubernetes:core/v1:ResourceQuota",
                        "kubernetes:networking.k8s.io/v1:NetworkPolicy");
    }

    @Test
    void aWorkload() {
        var args = new Workload.Args(
                new Key("web"),
                Applications.workload("web:1").withPort(8080),
                NAMES,
                NAMESPACE,
                Optional.empty(),
                List.of(),
                List.of());
        assertThat(declaredBy(() -> new Workload("web", args, ComponentResourceOptions.Empty)))
                .containsExactly("kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service");
    }

    @Test
    void aBatchJob() {
        var args = new BatchJob.Args(
                new Key("migrate"), Applications.job("web:1"), NAMES, NAMESPACE, List.of(), List.of());
        assertThat(declaredBy(() -> new BatchJob("migrate", args, ComponentResourceOptions.Empty)))
                .containsExactly("kubernetes:batch/v1:Job");
    }

    @Test
    void aSnapshotDatabase() {
        var snapshot = new Snapshot(
                "masked", "available", true, "postgres", "16.4", true, 20, Instant.parse("2026-11-24T00:00:00Z"));
        var spec = new DatabaseSpec(
                Engine.POSTGRES,
                new InstanceClass("db.t4g.micro"),
                "private",
                "letters",
                "app",
                new SnapshotRule("mail-letters", Optional.empty()));
        var args = new SnapshotDatabase.Args(
                new Key("letters"),
                spec,
                NAMES,
                NAMESPACE,
                Optional.empty(),
                CompletableFuture.completedFuture(new SnapshotOffer.Restorable(snapshot)),
                false);
        assertThat(declaredBy(() -> new SnapshotDatabase("letters", args, ComponentResourceOptions.Empty)))
                .containsExactly(
                        "aws:ec2/securityGroup:SecurityGroup",
                        "aws:rds/instance:Instance",
                        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                        "kubernetes:core/v1:Secret",
                        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                        "pulumi:index:Stash",
                        "pulumi:index:Stash");
    }

    @Test
    void aDnsRecord() {
        var args = new DnsRecord.Args(
                Output.of("Z1"), "pr-7.example.com", Output.of(new DnsTarget("lb.example.com")), NAMES);
        assertThat(declaredBy(() -> new DnsRecord("web-dns", args, ComponentResourceOptions.Empty)))
                .containsExactly("aws:route53/record:Record", "aws:route53/record:Record");
    }
}
