package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** The schemas that lie beside the files: what they are, what they take and refuse, and that the reader says the same. */
class JsonSchemaTest {
    private static final String REST = """
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    private static final Schema APPLICATION = schema(JsonSchema.ofApplication());
    private static final Schema PREVIEW = schema(JsonSchema.ofPreview());

    @TempDir
    private Path stacks;

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }

    private static List<?> faults(Schema schema, String yaml) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(yaml);
        return schema.validate(tree);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application", "preview"})
    void theFileBesideTheSampleIsWhatFollowsFromTheRecords(String name) throws IOException {
        var generated = name.equals("preview") ? JsonSchema.ofPreview() : JsonSchema.ofApplication();
        var file = Path.of("stacks", name + ".schema.json");
        var fresh =
                Files.writeString(Files.createDirectories(Path.of("target")).resolve(name + ".schema.json"), generated);
        assertThat(file).as("cp %s %s", fresh, file).exists().hasContent(generated);
    }

    @Test
    void theSampleIsAsTheSchemasSay() throws IOException {
        assertThat(faults(APPLICATION, Files.readString(Path.of("stacks/application.yaml"))))
                .isEmpty();
        assertThat(faults(PREVIEW, Files.readString(Path.of("stacks/preview.yaml"))))
                .isEmpty();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "wrokloads: {}                                                  | 1: wrokloads: unknown key",
                "workloads: [web]                                               | 1: workloads: got a list",
                "workloads: {web: shop/web}                                     | 1: workloads.web: got \"shop/web\"",
                "workloads: {Web: {image: a}}                                   | 1: workloads.Web: got \"Web\"",
                "workloads: {web: {}}                                           | 1: workloads.web.image: missing",
                "workloads: {web: {image: }}                                    | 1: workloads.web.image: got nothing",
                "workloads: {web: {image: 17}}                                  | 1: workloads.web.image: got 17",
                "workloads: {web: {image: 'Shop/Web:'}}                         | 1: workloads.web.image: got \"Shop/Web:\"",
                "workloads: {web: {image: a, prot: 80}}                         | 1: workloads.web.prot: unknown key",
                "workloads: {web: {image: a, port: '80'}}                       | 1: workloads.web.port: got \"80\"",
                "workloads: {web: {image: a, port: 70000}}                      | 1: workloads.web.port: got 70000",
                "workloads: {web: {image: a, replicas: 1.5}}                    | 1: workloads.web.replicas: got 1.5",
                "workloads: {web: {image: a, command: serve}}                   | 1: workloads.web.command: got \"serve\"",
                "workloads: {web: {image: a, args: [8080]}}                     | 1: workloads.web.args[0]: got 8080",
                "workloads: {web: {image: a, env: {PORT: 80}}}                  | 1: workloads.web.env.PORT: got 80",
                "workloads: {web: {image: a, env: {1X: a}}}                     | 1: workloads.web.env.1X: got \"1X\"",
                "workloads: {web: {image: a, env: {A: {secret: s}}}}            | 1: workloads.web.env.A.key: missing",
                "workloads: {web: {image: a, env: {A: {}}}}                     | 1: workloads.web.env.A: got a block",
                "workloads: {web: {image: a, resources: {cpu: lots}}}           | 1: workloads.web.resources.cpu: got \"lots\"",
                "workloads: {web: {image: a, volumes: {tmp: {emptyDir: {}}}}}   | 1: workloads.web.volumes.tmp: got \"tmp\"",
                "workloads: {web: {image: a, volumes: {/tmp: {disk: {}}}}}      | 1: workloads.web.volumes./tmp: got a block",
                "workloads: {web: {image: a, probes: {readiness: {path: x}}}}   | 1: workloads.web.probes.readiness.path: got \"x\"",
                "workloads: {web: {image: a, runAsUser: 0}}                     | 1: workloads.web.runAsUser: got 0",
                "databases: {orders: {engine: mysql}}                           | 1: databases.orders.engine: got \"mysql\"",
                "egress: [{cidr: 10.0.0.0/8}]                                   | 1: egress[0].port: missing",
                "egress: [{cidr: 10.0.0/8, port: 443}]                          | 1: egress[0].cidr: got \"10.0.0/8\"",
                "access: {noindex: 'yes'}                                       | 1: access.noindex: got \"yes\"",
                "configMaps: {settings: {a: 1}}                                 | 1: configMaps.settings.a: got 1",
                "cluster: {podSecurityGroup: default}                           | 1: cluster.podSecurityGroup: got \"default\"",
            })
    void schemaAndReaderRefuseTheSame(String yaml, String message) throws IOException {
        var application = yaml + "\n" + REST;
        assertThat(faults(APPLICATION, application)).as("the schema").isNotEmpty();
        Files.writeString(stacks.resolve("application.yaml"), application);
        assertThatThrownBy(() -> ApplicationReader.read(stacks))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("application.yaml:" + message);
    }

    @Test
    void inAnOverlayEverythingMayBeLeftOutAndNullRemoves() throws IOException {
        var overlay = "workloads: {web: null, api: {env: {A: null, B: b}, replicas: 2}}\naccess: null\n";
        assertThat(faults(PREVIEW, overlay)).isEmpty();
        assertThat(faults(APPLICATION, overlay + REST)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workloads: {web: {prot: 80}}",
                "workloads: {web: {replicas: 0}}",
                "egress: [{cidr: 10.0.0.0/8}]",
                "dns: {https: 'no'}"
            })
    void anOverlayIsNoLessStrict(String overlay) throws IOException {
        assertThat(faults(PREVIEW, overlay)).isNotEmpty();
    }

    @Test
    void anOverlayMayTurnOneKindOfVariableIntoAnother() throws IOException {
        var application =
                "workloads: {web: {image: a, port: 1, env: {A: {workload: web}}}}\ncluster: {context: c}\n" + REST;
        var overlay = "workloads: {web: {expose: {}, env: {A: {url: web, workload: null}}}}\n";
        assertThat(faults(PREVIEW, overlay)).isEmpty();
        Files.writeString(stacks.resolve("application.yaml"), application);
        Files.writeString(stacks.resolve("preview.yaml"), overlay);
        assertThat(ApplicationReader.read(stacks)).isNotNull();
    }

    @Test
    void aPatternMeansTheSameToJavaAndToJavaScript() throws IOException {
        var texts = Stream.of(
                        "",
                        " ",
                        "\t",
                        "\u00A0",
                        "\u2003",
                        "\u000B",
                        "a",
                        "A",
                        "a\n",
                        "\na",
                        "a\u2028",
                        "web",
                        "web-1",
                        "-a",
                        "a--b",
                        "\u00e9",
                        "shop/web",
                        "shop/web:1.2",
                        "shop/web@sha256:" + "a".repeat(64),
                        "10.0.0.0/8",
                        "10.0.0.0/33",
                        "/",
                        "/api",
                        "/var/cache",
                        "/var/",
                        "500m",
                        "1.5",
                        "0m",
                        "512Mi",
                        "5MB",
                        "preview.example.com",
                        "a.b.",
                        "fe80::1",
                        "192.0.2.1",
                        "A_B",
                        "1A",
                        "eu-west-1",
                        "123456789012",
                        "\u0661".repeat(12),
                        "db.t4g.micro",
                        "arn:aws:iam::123456789012:role/preview",
                        "7d",
                        "7d\n",
                        "0d",
                        "sg-0123456789abcdef0",
                        "2026-07-20",
                        "0.016",
                        "1e3",
                        "Hours",
                        "Hours\n",
                        "rds/storage/single-az/gp3",
                        "ec2/m6i.large",
                        "x".repeat(64),
                        "x".repeat(40),
                        "x".repeat(41))
                .toList();
        var schemas = new ObjectMapper().createArrayNode();
        for (var schema : List.of(JsonSchema.ofApplication(), JsonSchema.ofPrices())) {
            schemas.add(new ObjectMapper().readTree(schema));
        }
        var patterns = schemas.findValuesAsText("pattern").stream().distinct().toList();
        assertThat(patterns).hasSizeGreaterThan(10);
        for (var pattern : patterns) {
            for (var text : texts) {
                var compiled = Pattern.compile(pattern).matcher(text);
                var java = pattern.startsWith("^") ? compiled.matches() : compiled.find();
                assertThat(ecmaScriptFinds(pattern, text))
                        .as("%s on \"%s\"", pattern, text)
                        .isEqualTo(java);
            }
        }
    }

    private static boolean ecmaScriptFinds(String pattern, String text) {
        try (var context = Context.enter()) {
            context.setOptimizationLevel(-1);
            var scope = context.initSafeStandardObjects();
            var expression = context.newObject(scope, "RegExp", new Object[] {pattern});
            return (Boolean) ScriptableObject.callMethod(expression, "test", new Object[] {text});
        }
    }
}
