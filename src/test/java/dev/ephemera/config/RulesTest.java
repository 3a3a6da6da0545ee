package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private static final String REST = """
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    @TempDir
    private Path stacks;

    private AbstractThrowableAssert<?, ?> refusing(String yaml) throws IOException {
        write(yaml);
        return assertThatThrownBy(() -> ApplicationReader.read(stacks));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), REST + yaml + "\n");
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "workloads: {web: {image: a, port: 1, expose: {}}, api: {image: a, port: 1, expose: {path: /api, under: web}}}",
                "workloads: {web: {image: a, port: 1, expose: {}}, api: {image: a, port: 1, expose: {path: /, primary: false}}}",
                "workloads: {web: {image: a, port: 1}, api: {image: a, env: {A: {workload: web}}}}",
                "workloads: {web: {image: a, port: 1, expose: {}}, api: {image: a, env: {A: {url: web}}}}",
                "workloads: {web: {image: a, probes: {readiness: {command: [a]}, liveness: {port: 1}}}}",
                "workloads: {web: {image: a, initContainers: {wait: {image: a}}}}",
                "jobs: {a: {image: a}, b: {image: a, after: [a]}, c: {image: a, after: [a, b]}}",
                "configMaps: {web: {a: b}}\nworkloads: {web: {image: a}}",
            })
    void takesWhatHolds(String yaml) throws IOException {
        write(yaml);
        assertThat(ApplicationReader.read(stacks)).isNotNull();
    }

    @ParameterizedTest(name = "[{index}] {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "workloads: {web: {image: a, expose: {}}} | workloads.web: it is exposed but has no port",
                "workloads: {web: {image: a, probes: {readiness: {path: /}}}} | workloads.web.probes.readiness: the workload has no port",
                "workloads: {web: {image: a, probes: {liveness: {}}}} | workloads.web.probes.liveness: the workload has no port",
                "workloads: {web: {image: a, probes: {startup: {path: /}}}} | workloads.web.probes.startup: the workload has no port",
                "workloads: {web: {image: a, initContainers: {web: {image: a}}}} | workloads.web.initContainers.web: \"web\" is the name of the container itself",
                "jobs: {web: {image: a, initContainers: {web: {image: a}}}} | jobs.web.initContainers.web: \"web\" is the name of the container itself",
                "workloads: {web: {image: a, env: {A: {workload: web}}}} | workloads.web.env.A: workload \"web\" has no port",
                "workloads: {web: {image: a, env: {A: {url: web}}}} | workloads.web.env.A: workload \"web\" is not exposed",
                "workloads: {web: {image: a, initContainers: {w: {image: a, env: {A: {url: web}}}}}} | workloads.web.initContainers.w.env.A: workload \"web\" is not exposed",
                "jobs: {j: {image: a, after: [j]}} | jobs.j.after: \"j\" would have to run after itself",
                "workloads: {web: {image: a, port: 1, expose: {primary: false}}, api: {image: a, port: 1, expose: {path: /api, under: web, primary: true}}} | workloads.api.expose: it shares a host",
                "workloads: {web: {image: a, port: 1}, api: {image: a, port: 1, expose: {path: /api, under: web}}} | workloads.api.expose.under: got \"web\", want a workload that is exposed at a host of its own",
                "workloads: {api: {image: a, port: 1, expose: {path: /api, under: api}}} | workloads.api.expose.under: got \"api\", want a workload that is exposed at a host of its own",
                "workloads: {web: {image: a, port: 1, expose: {}}, api: {image: a, port: 1, expose: {under: web}}} | workloads.api.expose: \"web\" is at / there too",
                "workloads: {web: {image: a, port: 1, expose: {}}, a: {image: a, port: 1, expose: {path: /api, under: web}}, b: {image: a, port: 1, expose: {path: /api/, under: web}}} | workloads.b.expose: \"a\" is at /api/ there too",
                "workloads: {web: {image: a, port: 1, expose: {}}, api: {image: a, port: 1, expose: {path: /api, primary: true}}} | workloads: [web, api] are all the front door",
            })
    void tellsWhatDoesNotHold(String yaml, String message) throws IOException {
        refusing(yaml).hasMessageContaining("application.yaml:3: " + message).hasMessageContaining("has a fault:");
    }

    @ParameterizedTest(name = "[{index}] {0} {1}")
    @CsvSource({
        "workloads, '{image: a}', jobs, '{image: a}'",
        "jobs, '{image: a}', secrets, '{namespace: a, name: b}'",
        "workloads, '{image: a}', secrets, '{namespace: a, name: b}'",
        "jobs, '{image: a}', databases, '{engine: postgres, instanceClass: db.t4g.micro, subnetGroup: a, database: a, username: a, snapshot: {source: a}}'",
    })
    void oneNameIsNotForTwoThings(String one, String first, String other, String second) throws IOException {
        refusing("%s: {same: %s}\n%s: {same: %s}".formatted(one, first, other, second))
                .hasMessageContaining("same: \"same\" is one of ");
    }

    @Test
    void everyJobOfACycleIsToldAndNoOther() throws IOException {
        refusing("jobs: {j: {image: a, after: [k]}, k: {image: a, after: [j]}, l: {image: a, after: [k]}}")
                .hasMessageContaining("has 2 faults")
                .hasMessageContaining("jobs.j.after: \"j\" would have to run after itself")
                .hasMessageContaining("jobs.k.after: \"k\" would have to run after itself");
    }

    @Test
    void rulesAreCheckedBesideOtherFaults() throws IOException {
        refusing("workloads: {web: {image: a, expose: {}}, api: {image: a, prot: 1}}")
                .hasMessageContaining("has 2 faults")
                .hasMessageContaining("it is exposed but has no port")
                .hasMessageContaining("workloads.api.prot: unknown key");
    }

    @Test
    void aLongRowOfJobsIsNoCycle() throws IOException {
        write("jobs:\n"
                + IntStream.range(0, 3000)
                        .mapToObj(i -> "  j%d: {image: a%s}".formatted(i, i == 0 ? "" : ", after: [j" + (i - 1) + "]"))
                        .collect(Collectors.joining("\n")));
        assertThat(ApplicationReader.read(stacks).jobs()).hasSize(3000);
    }
}
