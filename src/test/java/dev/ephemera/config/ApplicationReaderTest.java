package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.Cidr;
import dev.ephemera.model.CpuQuantity;
import dev.ephemera.model.EgressSpec;
import dev.ephemera.model.ExposeSpec;
import dev.ephemera.model.LimitsSpec;
import dev.ephemera.model.MemoryQuantity;
import dev.ephemera.model.ObjectName;
import dev.ephemera.model.ResourcesSpec;
import dev.ephemera.model.UrlPath;
import dev.ephemera.model.Variable;
import dev.ephemera.model.VariableName;
import dev.ephemera.naming.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationReaderTest {
    private static final String REST = """
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    @TempDir
    private Path stacks;

    private ApplicationSpec read(String application) throws IOException {
        return read(application, null);
    }

    private ApplicationSpec read(String application, String preview) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), application);
        if (preview != null) {
            Files.writeString(stacks.resolve("preview.yaml"), preview);
        }
        return ApplicationReader.read(stacks);
    }

    private AbstractThrowableAssert<?, ?> refusing(String application) {
        return assertThatThrownBy(() -> read(application))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.USAGE));
    }

    @Test
    void theShippedSampleIsReadAsItStands() {
        var shop = ApplicationReader.read(Path.of("stacks"));
        assertThat(shop.workloads().keySet()).extracting(Key::value).containsExactly("web", "api", "worker", "events");
        var web = shop.workloads().get(new Key("web"));
        assertThat(web.replicas()).as("the overlay's").isEqualTo(1);
        assertThat(web.pod().container().resources())
                .isEqualTo(new ResourcesSpec(new CpuQuantity("100m"), new MemoryQuantity("256Mi")));
        assertThat(web.expose()).contains(new ExposeSpec(new UrlPath("/")));
        assertThat(shop.databases().get(new Key("orders")).snapshot().maxAge()).contains(Duration.ofDays(7));
        assertThat(shop.jobs().get(new Key("migrate")).before()).containsExactly(new Key("api"), new Key("worker"));
    }

    @Test
    void whatIsLeftOutHasTheDocumentedDefault() throws IOException {
        var worker = read("workloads: {worker: {image: shop/worker}}\n" + REST)
                .workloads()
                .get(new Key("worker"));
        assertThat(worker.replicas()).isEqualTo(1);
        assertThat(worker.pod().container().resources()).isEqualTo(ResourcesSpec.DEFAULT);
        assertThat(worker.port()).isEmpty();
        assertThat(worker.expose()).isEmpty();
        assertThat(read(REST).dns().https()).isTrue();
    }

    @Test
    void nothingLeavesAnEnvironmentAndTheGatewaysPodsAreItsNamespacesWhereTheFileSaysNothing() throws IOException {
        var silent = read(REST);
        assertThat(silent.egress()).isEmpty();
        assertThat(silent.limits()).isEqualTo(LimitsSpec.NONE);
        assertThat(silent.dns().gateway().sourceNamespace()).isEqualTo(new ObjectName("gateway"));
        assertThat(silent.dns().gateway().sourceRanges()).isEmpty();
    }

    @Test
    void readsWhatMayCrossTheBorderAndHowMuchAnEnvironmentMayTake() throws IOException {
        var spec = read("""
                egress: [{cidr: 203.0.113.0/24, port: 443}]
                limits: {pods: 40, cpu: "8"}
                """ + REST.replace("name: shared", "name: shared, from: {cidrs: [10.0.64.0/20]}"));
        assertThat(spec.egress()).containsExactly(new EgressSpec(new Cidr("203.0.113.0/24"), 443));
        assertThat(spec.limits())
                .isEqualTo(new LimitsSpec(Optional.of(40), Optional.of(new CpuQuantity("8")), Optional.empty()));
        assertThat(spec.dns().gateway().sourceNamespace()).isEqualTo(new ObjectName("gateway"));
        assertThat(spec.dns().gateway().sourceRanges()).containsExactly(new Cidr("10.0.64.0/20"));
    }

    @Test
    void theOverlayMergesBlocksReplacesListsAndRemovesWithNull() throws IOException {
        var spec = read(
                "workloads: {web: {image: shop/web, command: [a, b], env: {ONE: \"1\", TWO: \"2\"}}, extra: {image: x}}\n"
                        + REST,
                "workloads: {web: {command: [c], env: {TWO: \"two\"}}, extra: null}\n");
        var web = spec.workloads().get(new Key("web"));
        assertThat(spec.workloads()).containsOnlyKeys(new Key("web"));
        assertThat(web.pod().container().command()).containsExactly("c");
        assertThat(web.pod().container().env())
                .containsEntry(new VariableName("ONE"), new Variable.Literal("1"))
                .containsEntry(new VariableName("TWO"), new Variable.Literal("two"));
    }

    @Test
    void tellsAllFaultsAtOnceEachWithItsFileAndLine() {
        refusing("""
                workloads:
                  web:
                    image: shop/web
                    replicas: "two"
                    prot: 8080
                  api:
                    databases: [ordres]
                databases: {}
                """ + REST)
                .hasMessageContaining("has 4 faults")
                .hasMessageContaining(
                        "application.yaml:4: workloads.web.replicas: got \"two\", want a whole number from 1 to 100")
                .hasMessageContaining("application.yaml:5: workloads.web.prot: unknown key; did you mean \"port\"?")
                .hasMessageContaining("application.yaml:7: workloads.api.image: missing, want a container image")
                .hasMessageContaining("application.yaml:7: workloads.api.databases[0]: got \"ordres\"");
    }

    @Test
    void aFaultInTheOverlayNamesTheOverlay() {
        assertThatThrownBy(() ->
                        read("workloads: {web: {image: shop/web}}\n" + REST, "workloads:\n  web:\n    replicas: 0\n"))
                .hasMessageContaining("preview.yaml:3: workloads.web.replicas: got 0");
    }

    @ParameterizedTest(name = "[{index}] {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "workloads: {web: {image: shop/web, replicas: 1.9}}  | got 1.9, want a whole number",
                "workloads: {web: {image: shop/web, replicas: '7'}}  | got \"7\", want a whole number",
                "workloads: {web: {image: shop/web, replicas: 99999999999999999999}} | want a whole number",
                "workloads: {web: {image: 17}}                        | got 17, want a container image (put it in quotes)",
                "workloads: {web: {image: shop/web, env: {PORT: 80}}} | got 80, want text (put it in quotes)",
                "workloads: {web: {image: 'Shop/Web:'}}               | want an image",
                "workloads: {Web: {image: shop/web}}                  | got \"Web\", want 1 to 40",
                "workloads: {web: {image: shop/web}, web: {image: x}} | \"web\" is given twice",
                "workloads: {web: {image: shop/web, expose: {path: /}}} | it is exposed but has no port",
                "workloads: {web: {image: shop/web, port: 1, expose: {path: x}}} | want a path that begins with a slash",
                "workloads: [web]                                     | got a list, want a block of keys",
                "workloads: {web: shop/web}                           | got \"shop/web\", want a block with image",
                "wrokloads: {}                                        | did you mean \"workloads\"?",
                "jobs: {migrate: {image: x, before: [api]}}           | want one of workloads: there is none",
                "databases: {orders: {engine: mysql}}                 | got \"mysql\", want postgres",
                "databases: {orders: {engine: postgres, database: ''}} | databases.orders.database: got \"\", want text",
                "databases: {orders: {engine: postgres}}              | databases.orders.snapshot: missing",
                "workloads: {web: {image: shop/web, runAsUser: 0}}    | got 0, want a whole number from 1 to",
                "egress: [{port: 443}]                                | egress[0].cidr: missing, want a range of IPv4",
                "egress: [{cidr: 10.0.0.0/8}]                         | egress[0].port: missing, want a whole number",
                "egress: [{cidr: 10.0.0.1/8, port: 443}]              | got \"10.0.0.1/8\", want the first address",
                "egress: [{cidr: 10.0.0.0/8, port: 443, prot: udp}]   | egress[0].prot: unknown key",
                "egress: {cidr: 10.0.0.0/8, port: 443}                | got a block, want a list",
                "egress: [10.0.0.0/8]                                 | egress[0]: got \"10.0.0.0/8\", want a block",
                "limits: {cpu: lots}                                  | got \"lots\", want a CPU quantity",
                "limits: {cpus: '1'}                                  | did you mean \"cpu\"?",
                "workloads: &w {web: {image: shop/web}}\\njobs: *w     | an alias stands here",
                "workloads: {web: {image: a, port: 1, probes: {liveness: {path: /x, command: [y]}}}} | workloads.web.probes.liveness: a command has neither path nor port",
                "workloads: {web: {image: a, port: 1, probes: {startup: {port: 2, command: [y]}}}} | workloads.web.probes.startup: a command has neither path nor port",
                "workloads: {web: {image: a, probes: {readiness: {path: /x}}}} | the workload has no port, want a port or a command here",
                "workloads: {web: {image: a, volumes: {/x: {emptyDir: {}}}, initContainers: {i: {image: a, volumes: {/x: {emptyDir: {sizeLimit: 1Mi}}}}}}} | workloads.web.initContainers.i.volumes./x: want the sizeLimit that \"web\" has there",
                "jobs: {j: {image: a, initContainers: {i: {image: a, volumes: {/x: {emptyDir: {}}}}, k: {image: a, volumes: {/x: {emptyDir: {sizeLimit: 1Mi}}}}}}} | jobs.j.initContainers.k.volumes./x: want the sizeLimit that \"i\" has there",
                "workloads: {web: {image: a, initContainers: {web: {image: a}}}} | is the name of the container itself",
                "workloads: {web: {image: a, env: {A: {secret: s, key: 'x y'}}}} | got \"x y\", want",
                "configMaps: {c: {etc/app: x}}                        | got \"etc/app\", want",
                "configMaps: {c: {..: x}}                             | got \"..\", want",
            })
    void refuses(String yaml, String message) {
        refusing(yaml.replace("\\n", "\n") + "\n" + REST).hasMessageContaining(message);
    }

    @Test
    void containersMayHaveOtherFilesAtOnePath() throws IOException {
        var web =
                read("workloads: {web: {image: a, volumes: {/x: {configMap: c}}, initContainers: {i: {image: a, volumes: {/x: {secret: s}}}}}}\n"
                                + REST)
                        .workloads()
                        .get(new Key("web"));
        assertThat(web.pod().containers().map(each -> each.volumes().size())).containsExactly(1, 1);
    }

    @Test
    void refusesTwoFrontDoorsAndOneNameForTwoThings() {
        refusing("""
                workloads:
                  web: {image: a, port: 1, expose: {path: /}}
                  admin: {image: a, port: 1, expose: {path: /}}
                jobs: {web: {image: a}}
                """ + REST)
                .hasMessageContaining("want one front door")
                .hasMessageContaining("\"web\" is one of workloads too");
    }

    @Test
    void saysThatTheApplicationsFileIsMissing() {
        assertThatThrownBy(() -> ApplicationReader.read(stacks)).hasMessageContaining("application.yaml is missing");
    }

    @ParameterizedTest(name = "[{index}] {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty",
                "'\tweb: 1' | this is not YAML",
                "'a: [' | this is not YAML",
                "17 | got 17"
            })
    void saysWhatIsWrongWithAFileThatIsNoBlock(String text, String message) {
        refusing(text).hasMessageContaining("application.yaml:1: ").hasMessageContaining(message);
    }

    @Test
    void refusesAFileTooLargeToBeMeant() {
        refusing("# " + "x".repeat(1 << 20) + "\n" + REST).hasMessageContaining("want at most");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
        assertThat(read("\uFEFFworkloads: {}\n" + REST).workloads()).isEmpty();
    }

    @Test
    void keepsTheOrderOfTheFile() throws IOException {
        var spec = read("workloads: {z: {image: a}, a: {image: a}, m: {image: a}}\n" + REST);
        assertThat(List.copyOf(spec.workloads().keySet()))
                .extracting(Key::value)
                .containsExactly("z", "a", "m");
    }
}
