package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A sandbox of the tests, apart from the one a developer plays in. It has the sample application's images. */
final class TestSandbox {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    /** That of all engine tests: with a real node where this machine can run one. */
    static final TestSandbox SHARED = new TestSandbox("test-sandbox", List.of());

    private static final long LIMIT_MINUTES = 5;
    private static final Pattern UNCHANGED = Pattern.compile("\\s*(\\d+) unchanged\\s*");

    private final Path directory;
    private final List<String> options;

    /**
     * @param options of {@code ci/sandbox}, for each command
     */
    TestSandbox(String name, List<String> options) {
        this.directory = ROOT.resolve("target").resolve(name);
        this.options = options;
        run(ROOT, Map.of(), List.of("image", "sample")).succeeded();
    }

    /** What came of a command. */
    record Result(int exitCode, String output) {
        Result succeeded() {
            assertThat(exitCode).as(output).isZero();
            return this;
        }

        Result failed() {
            assertThat(exitCode).as(output).isNotZero();
            return this;
        }

        /** The number of resources that the engine found as they were. */
        int unchanged() {
            return output.lines()
                    .map(UNCHANGED::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Runs a command in it. */
    Result run(Path from, Map<String, String> variables, List<String> command) {
        var whole = new ArrayList<>(List.of(ROOT.resolve("ci/sandbox").toString()));
        whole.addAll(options);
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).directory(from.toFile());
        builder.environment().put("EPHEMERA_SANDBOX", directory.toString());
        builder.environment().putAll(variables);
        try {
            var error = Files.createTempFile("engine-test", ".err");
            var process = builder.redirectError(error.toFile()).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
            var failed = process.exitValue() != 0;
            var told = failed ? output + Files.readString(error) : output;
            Files.delete(error);
            return new Result(process.exitValue(), told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How long a database stays {@code creating} from now on. */
    void restoreTime(String time) {
        run(ROOT, Map.of(), List.of("--restore-time", time, "true")).succeeded();
    }

    /** What it puts into a command's environment. */
    Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        for (var entry :
                run(ROOT, Map.of(), List.of("env", "-0")).succeeded().output().split("\0")) {
            var parts = entry.split("=", 2);
            variables.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return variables;
    }

    /** Whether pods run in it. */
    boolean hasRealNode() {
        return environment().containsKey("EPHEMERA_RESOLV_CONF");
    }

    /** Ends it and deletes what it holds. */
    void reset() {
        run(ROOT, Map.of(), List.of("--reset")).succeeded();
    }
}
