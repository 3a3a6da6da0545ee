package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    private static final String REST = """
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;
    private static final String DATABASE =
            "{engine: postgres, instanceClass: db.r6g.large, subnetGroup: a, database: a, username: a, snapshot: {source: a}}";

    @TempDir
    private Path stacks;

    private void write(String application, String preview) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), REST + application + "\n");
        Files.writeString(stacks.resolve("preview.yaml"), preview + "\n");
    }

    private void takes(String application, String preview) throws IOException {
        write(application, preview);
        assertThatCode(() -> ApplicationReader.read(stacks)).as(preview).doesNotThrowAnyException();
    }

    private AbstractThrowableAssert<?, ?> refuses(String application, String preview) throws IOException {
        write(application, preview);
        return assertThatThrownBy(() -> ApplicationReader.read(stacks));
    }

    @ParameterizedTest(name = "[{index}] {1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "workloads: {web: {image: r.example.com/shop/web}}    | images: [r.example.com/shop]",
                "workloads: {web: {image: r.example.com/shop/web}}    | images: [r.example.com]",
                "workloads: {web: {image: r.example.com/shop/web:1}}  | images: [r.example.com/shop/web]",
                "workloads: {web: {image: 'r:5000/web:1'}}            | images: ['r:5000/web']",
                "workloads: {web: {image: nats:2.15}}                 | images: [nats:2.15]",
                "workloads: {web: {image: a, replicas: 3}}            | replicas: 3",
                "workloads: {web: {image: a}, api: {image: a}}        | workloads: 2",
                "workloads: {web: {image: a, resources: {cpu: 1000m}}} | cpu: '1'",
                "workloads: {web: {image: a, resources: {memory: 1024Mi}}} | memory: 1Gi",
                "workloads: {web: {image: a, port: 1, expose: {}}}    | workloads: 1",
                "egress: [{cidr: 192.0.2.0/24, port: 443}]            | egress: true",
            })
    void takesWhatIsAllowed(String application, String allowed) throws IOException {
        takes(application, "allowed: {%s}".formatted(allowed));
    }

    @ParameterizedTest(name = "[{index}] {1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "workloads: {web: {image: r.example.com/shopping/web}} | images: [r.example.com/shop] | workloads.web.image: got r.example.com/shopping/web, want an image of one of r.example.com/shop (allowed.images in preview.yaml)",
                "workloads: {web: {image: 'r.example.com:5000/web'}}   | images: [r.example.com]      | workloads.web.image: got r.example.com:5000/web",
                "workloads: {web: {image: nats:2.16}}                  | images: [nats:2.15]          | workloads.web.image: got nats:2.16",
                "workloads: {web: {image: a}}                          | images: []                   | workloads.web.image: got a, want an image of none (allowed.images in preview.yaml is empty)",
                "jobs: {j: {image: a}}                                 | images: [b]                  | jobs.j.image: got a",
                "workloads: {web: {image: b, initContainers: {i: {image: a}}}} | images: [b]          | workloads.web.initContainers.i.image: got a",
                "workloads: {web: {image: a, replicas: 4}}             | replicas: 3                  | workloads.web.replicas: got 4, want at most 3 (allowed.replicas in preview.yaml)",
                "workloads: {web: {image: a}, api: {image: a}}         | workloads: 1                 | workloads: got 2 workloads, want at most 1",
                "workloads: {web: {image: a, resources: {cpu: 1001m}}} | cpu: '1'                     | workloads.web.resources.cpu: got 1001m, want at most 1 (allowed.cpu in preview.yaml)",
                "workloads: {web: {image: a}}                          | cpu: 50m                     | workloads.web.resources.cpu: got 100m",
                "jobs: {j: {image: a, resources: {memory: 2Gi}}}       | memory: 1Gi                  | jobs.j.resources.memory: got 2Gi, want at most 1Gi",
                "egress: [{cidr: 192.0.2.0/24, port: 443}]             | egress: false                | egress: preview.yaml does not say the same",
                "secrets: {s: {namespace: a, name: b}}                 | secrets: false               | secrets.s: preview.yaml does not say the same",
                "workloads: {web: {image: a, serviceAccount: {annotations: {a: b}}}} | serviceAccounts: false | workloads.web.serviceAccount: preview.yaml does not say the same",
                "jobs: {j: {image: a, serviceAccount: {annotations: {a: b}}}} | serviceAccounts: false | jobs.j.serviceAccount: preview.yaml does not say the same",
            })
    void tellsWhatIsNotAllowedAndWhere(String application, String allowed, String message) throws IOException {
        refuses(application, "allowed: {%s}".formatted(allowed))
                .hasMessageContaining("application.yaml:3: " + message)
                .hasMessageContaining("has a fault:")
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.USAGE);
    }

    @Test
    void instanceClassesAreThoseThatAreNamed() throws IOException {
        var application = "databases: {orders: %s}".formatted(DATABASE);
        takes(application, "allowed: {instanceClasses: [db.t4g.micro, db.r6g.large]}");
        refuses(application, "allowed: {instanceClasses: [db.t4g.micro]}")
                .hasMessageContaining(
                        "application.yaml:3: databases.orders.instanceClass: got db.r6g.large, want one of db.t4g.micro");
        takes(
                application,
                "databases: {orders: {instanceClass: db.t4g.micro}}\nallowed: {instanceClasses: [db.t4g.micro]}");
    }

    @Test
    void allBreachesAreToldAtOnceBesideOtherFaults() throws IOException {
        refuses("""
                workloads:
                  web: {image: a, replicas: 9}
                  api: {image: c, prot: 1}
                egress: [{cidr: 192.0.2.0/24, port: 443}]""", "allowed: {images: [c], replicas: 2, egress: false}")
                .hasMessageContaining("has 4 faults")
                .hasMessageContaining("application.yaml:4: workloads.web.image: ")
                .hasMessageContaining("application.yaml:4: workloads.web.replicas: ")
                .hasMessageContaining("application.yaml:5: workloads.api.prot: unknown key")
                .hasMessageContaining("application.yaml:6: egress: ");
    }

    @Test
    void whatTheOverlaySaysItselfNeedsNoLeave() throws IOException {
        var none = "\nallowed: {egress: false, secrets: false, serviceAccounts: false}";
        takes("", "egress: [{cidr: 192.0.2.0/24, port: 443}]" + none);
        takes("secrets: {s: {namespace: a, name: b}}", "secrets: {s: {name: b, namespace: a}}" + none);
        refuses(
                        "secrets: {s: {namespace: a, name: b}, t: {namespace: a, name: c}}",
                        "secrets: {s: {namespace: a, name: b}}" + none)
                .hasMessageContaining("secrets.t: ")
                .hasMessageContaining("has a fault:");
    }

    @Test
    void aPartThatTheOverlayLeavesOutIsNotSaidByIt() throws IOException {
        refuses("secrets: {s: {namespace: other, name: b}}", "secrets: {s: {name: b}}\nallowed: {secrets: false}")
                .hasMessageContaining("secrets.s: preview.yaml does not say the same");
    }

    @Test
    void withoutHostsEachHasToStandInTheOverlayToo() throws IOException {
        var application = "workloads: {web: {image: a, port: 1, expose: {path: /}}}";
        refuses(application, "allowed: {hosts: false}")
                .hasMessageContaining("has 3 faults")
                .hasMessageContaining("application.yaml:3: workloads.web.expose: ")
                .hasMessageContaining("application.yaml:1: dns.zone: ")
                .hasMessageContaining("application.yaml:1: dns.gateway: ");
        takes(application, REST + "workloads: {web: {expose: {path: /}}}\nallowed: {hosts: false}");
    }

    @Test
    void anApplicationCannotSayWhatItMayAskFor() throws IOException {
        refuses("workloads: {web: {image: a, replicas: 9}}\nallowed: {replicas: 9}", "allowed: {replicas: 2}")
                .hasMessageContaining("has 2 faults")
                .hasMessageContaining("application.yaml:4: allowed: an application does not say itself")
                .hasMessageContaining("workloads.web.replicas: got 9, want at most 2");
        refuses("allowed: {replicas: 9}", "{}").hasMessageContaining("application.yaml:3: allowed: ");
    }

    @Test
    void faultsOfTheBlockItselfAreToldWithTheirPlace() throws IOException {
        refuses("", "allowed:\n  cpus: 1\n  replicas: many")
                .hasMessageContaining("preview.yaml:2: allowed.cpus: unknown key; did you mean \"cpu\"?")
                .hasMessageContaining("preview.yaml:3: allowed.replicas: got \"many\"");
        refuses("", "allowed: null").hasMessageContaining("preview.yaml:1: allowed: got null");
    }

    @Test
    void whatConcernsAllEnvironmentsIsReadWhateverIsAllowed() throws IOException {
        write("workloads: {web: {image: a, replicas: 9}}\nallowed: {replicas: 9}", "allowed: {replicas: 2}");
        assertThat(ApplicationReader.settings(stacks).dns().zone().value()).isEqualTo("preview.example.com");
    }

    @Test
    void onlyTheOverlaysSchemaHasTheBlock() {
        assertThat(JsonSchema.ofPreview()).contains("\"allowed\"").contains("\"serviceAccounts\"");
        assertThat(JsonSchema.ofApplication()).doesNotContain("\"allowed\"");
    }
}
