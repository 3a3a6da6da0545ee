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
import dev.ephemera.model.Range;
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
                "workloads: {web: {image: 17}}                        | got 17, want a container image such as registry.example.com/shop/web:1.2 or ...@sha256:... (put it in quotes)",
                "workloads: {web: {image: shop/web, env: {PORT: 80}}} | got 80, want text (put it in quotes)",
                "workloads: {web: {image: 'Shop/Web:'}}               | got \"Shop/Web:\", want a container image such as",
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
    void refusesTwoWorkloadsAtOneHostAndPath() {
        for (var path : List.of("/api", "/api/")) {
            refusing("""
                    workloads:
                      web: {image: a, port: 1, expose: {}}
                      api: {image: a, port: 1, expose: {path: /api, under: web}}
                      old: {image: a, port: 1, expose: {path: %s, under: web}}
                    """.formatted(path) + REST).hasMessageContaining("\"api\" is at " + path + " there too");
        }
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

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dns: {https: yes}           | dns.https: got yes, want true or false",
                "dns: {https: on}            | dns.https: got on, want true or false",
                "dns: {https: True}          | dns.https: got True, want true or false",
                "limits: {pods: 0x10}        | limits.pods: got 0x10, want a whole number from 1 to 2147483647, in decimal digits alone",
                "limits: {pods: 010}         | limits.pods: got 010, want a whole number from 1 to 2147483647, in decimal digits alone",
                "limits: {pods: 1_000}       | limits.pods: got 1_000, want a whole number",
                "limits: {pods: +5}          | limits.pods: got +5, want a whole number",
                "limits: {pods: 1e3}         | limits.pods: got 1e3, want a whole number",
                "limits: {pods: .inf}        | limits.pods: got .inf, want a whole number",
                "limits: {pods: 2026-01-01}  | limits.pods: got \"2026-01-01\", want a whole number",
                "limits: {pods: ~}           | limits.pods: got null, want a whole number",
                "limits: {pods: }            | limits.pods: got nothing, want a whole number",
                "cluster: {context: 010}     | cluster.context: got 010, want text that is not blank (put it in quotes)",
                "aws: {account: 123456789012} | aws.account: got 123456789012, want the 12 digits of an AWS account (put it in quotes)",
                "1: x                        | 1: unknown key",
                "true: x                     | true: unknown key",
            })
    void convertsNothing(String yaml, String message) {
        refusing(yaml).hasMessageContaining("application.yaml:1: " + message);
    }

    @Test
    void textThatOnlySomeReadersTakeForADateOrNumberIsTextAsItIsWritten() throws IOException {
        var env = read("workloads: {web: {image: a, env: {DAY: 2026-01-01, OCTAL: 0o10, ZERO: 08, TIME: 1:30}}}\n"
                        + REST)
                .workloads()
                .get(new Key("web"))
                .pod()
                .container()
                .env();
        assertThat(env.values())
                .containsExactly(
                        new Variable.Literal("2026-01-01"),
                        new Variable.Literal("0o10"),
                        new Variable.Literal("08"),
                        new Variable.Literal("1:30"));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "limits: &l {pods: 1}                        | 1: an anchor stands here",
                "limits: {pods: &p 1}\\negress: *p           | 2: an alias stands here",
                "limits:\\n  <<: {pods: 1}                   | 2: a merge key (<<) stands here",
                "limits: {pods: !!int '1'}                   | 1: a tag stands here",
                "limits: {cpu: !!str 1}                      | 1: a tag stands here",
                "limits: !own {pods: 1}                      | 1: a tag stands here",
                "limits: {pods: 1}\\n---\\nlimits: {}        | 3: a second document begins here",
                "? [a]\\n: b                                 | 1: a key is a block, a list or an alias here, want text",
                "limits:\\n\\tpods: 1                        | 2: this is not YAML: found character",
                "limits: {pods: 1}\\nlimits: {pods: 2}       | 2: \"limits\" is given twice, first in line 1",
                "limits:\\r\\n  pods: 1\\r\\n  pods: 2       | 3: \"pods\" is given twice, first in line 2",
            })
    void refusesWhatSomeReadersTakeOtherwise(String yaml, String message) {
        refusing(yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r"))
                .hasMessageContaining("application.yaml:" + message);
    }

    @Test
    void aTagOrAnchorIsToldOnceAndNotOfWhatStandsBesideIt() {
        refusing("configMaps: {a: !own {x: y}}\nlimits: {pods: 1}\n" + REST)
                .hasMessageContaining("has a fault:")
                .hasMessageContaining("application.yaml:1: a tag stands here");
    }

    @Test
    void windowsLineEndsAreLineEnds() throws IOException {
        var spec = read(("limits:\n  pods: 7\n" + REST).replace("\n", "\r\n"));
        assertThat(spec.limits().pods()).contains(7);
    }

    @ParameterizedTest
    @CsvSource({"'[', ']'", "'{a: ', '}'"})
    void refusesWhatIsNestedTooDeep(String open, String close) {
        refusing("limits: " + open.repeat(5000) + close.repeat(5000)).hasMessageContaining("nested more than 32 deep");
    }

    @Test
    void refusesBytesThatAreNoTextAndCharactersThatYamlDoesNotAllow() throws IOException {
        Files.write(stacks.resolve("application.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> ApplicationReader.read(stacks))
                .hasMessageContaining("application.yaml:1: the file is not UTF-8");
        refusing("limits: {}\na: \u001b[31m")
                .hasMessageContaining("application.yaml:2: the character U+001B stands here");
    }

    @Test
    void cutsALongValueInAMessageAndStillSaysWhatIsWanted() {
        refusing("workloads: {web: {image: \"" + "A/".repeat(100_000) + "\"}}\n" + REST)
                .hasMessageContaining("... (200000 characters), want a container image".replace("...", "...\""))
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(1000));
    }

    @Test
    void aLongTextOfTheRightFormIsAFaultAndNoStackOverflow() {
        refusing("workloads: {web: {image: a" + "/a".repeat(20_000) + "}}\n" + REST)
                .hasMessageContaining("in at most 1024 characters");
    }

    @Test
    void showsWhatATerminalWouldActOnByItsCode() {
        refusing("limits: {cpu: \"\\e[31m\\u202e\\n2\"}\n" + REST)
                .hasMessageContaining("limits.cpu: got \"\\u001b[31m\\u202e\\u000a2\", want a CPU quantity")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\u001b", "\u202e"));
        refusing("\"\\e]0;x\": 1\n" + REST)
                .satisfies(failure -> assertThat(failure.getMessage())
                        .contains("\\u001b]0;x: unknown key")
                        .doesNotContain("\u001b"));
    }

    @Test
    void offersTheNearestNameForAReferenceThatLeadsNowhere() {
        refusing("workloads: {web: {image: a}}\njobs: {j: {image: a, before: [wbe]}}\n" + REST)
                .hasMessageContaining(
                        "application.yaml:2: jobs.j.before[0]: got \"wbe\", want one of workloads: did you mean \"web\"?");
        refusing("workloads: {web: {image: a}}\njobs: {j: {image: a, before: [elsewhere]}}\n" + REST)
                .hasMessageContaining("got \"elsewhere\", want one of workloads: web");
    }

    @Test
    void tellsTheFaultsOfBothFilesAtOnce() {
        assertThatThrownBy(() -> read(
                        "workloads: {web: {image: a, prot: 1, expose: {}}}\nlimits: {pods: 1, pods: 2}\n" + REST,
                        "workloads:\n  web:\n    replicas: 0\n  wbe: null\njobs: {web: {image: a}}\n"))
                .hasMessageContaining("has 5 faults")
                .hasMessageContaining("application.yaml:1: workloads.web.prot: unknown key")
                .hasMessageContaining("application.yaml:2: \"pods\" is given twice")
                .hasMessageContaining("preview.yaml:3: workloads.web.replicas: got 0")
                .hasMessageContaining("preview.yaml:4: workloads.wbe: null removes nothing")
                .hasMessageContaining("did you mean \"web\"?");
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "jbos: null                                | jbos: null removes nothing: there is no such key; did you mean \"jobs\"?",
                "workloads: {web: {env: {TOW: null}}}      | workloads.web.env.TOW: null removes nothing: there is no such key; did you mean \"TWO\"?",
                "workloads: {web: {port: null}}            | workloads.web.port: null removes nothing: there is no such key",
                "workloads: {new: {image: a, port: null}}  | workloads.new.port: null removes nothing: there is no such key",
                "workloads: {web: {env: }}                 | workloads.web.env: got nothing, want a value, or null to remove the key",
                "workloads: {web: {command: [null]}}       | workloads.web.command[0]: got null, want text",
            })
    void aNullOfTheOverlayRemovesSomethingOrIsAFault(String preview, String message) {
        assertThatThrownBy(() -> read(
                        "workloads: {web: {image: a, env: {TWO: b}}}\njobs: {j: {image: a}}\n" + REST, preview + "\n"))
                .hasMessageContaining("has a fault:")
                .hasMessageContaining("preview.yaml:1: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"workloads: {web: {image: b}}", "workloads: null", "workloads: {}", "jobs: {}"})
    void aNullOfTheApplicationIsAFaultWhateverTheOverlaySays(String preview) {
        assertThatThrownBy(() -> read("workloads: null\njobs: {}\n" + REST, preview + "\n"))
                .hasMessageContaining("application.yaml:1: workloads: got null, want");
    }

    @Test
    void whatARecordRefusesAsAWholeIsAFaultAtItsPlace() throws IOException {
        var file = stacks.resolve("application.yaml");
        Files.writeString(file, "a: 1\nrange: {least: 5, most: 2}\n");
        var faults = new Faults();
        var root = (Node.Mapping) YamlReader.read(file, faults).orElseThrow();
        assertThat(new BlockReader(root, faults).read(Ranged.class)).isEmpty();
        assertThatThrownBy(faults::throwIfAny)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("application.yaml:2: range: got 5 to 2, want the least first");
    }

    private record Ranged(@Range(least = 1, most = 9) int a, Bounds range) {
        private record Bounds(
                @Range(least = 1, most = 9) int least,
                @Range(least = 1, most = 9) int most) {
            Bounds {
                if (least > most) {
                    throw new IllegalArgumentException("got %d to %d, want the least first".formatted(least, most));
                }
            }
        }
    }
}
