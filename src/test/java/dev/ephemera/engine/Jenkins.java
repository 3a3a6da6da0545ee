package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.lesfurets.jenkins.unit.MockPipelineScript;
import com.lesfurets.jenkins.unit.PipelineTestHelper;
import groovy.lang.Binding;
import groovy.lang.Closure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A multibranch project of Jenkins, played: it runs {@code ci/jenkins/Jenkinsfile} as a build does. {@code sh} is the real
 * shell and {@code checkout} the real git, in a workspace that all builds share; a step that is not played here fails.
 */
final class Jenkins {
    private static final Path FILE = Path.of("ci/jenkins/Jenkinsfile").toAbsolutePath();

    private final Path directory;
    private final Map<String, String> agent;
    private final Map<String, String> credentials;
    private String pipeline;
    private List<?> properties = List.of();

    /** What a step was told, as the log of a test shows it. */
    record Described(String what, Object how) {
        @Override
        public String toString() {
            return "%s %s".formatted(what, how);
        }
    }

    /** Ends a build. */
    private static final class StepFailed extends RuntimeException {
        private final int exitCode;

        StepFailed(int exitCode) {
            super("exit code " + exitCode);
            this.exitCode = exitCode;
        }
    }

    /** As Groovy calls it, with whatever arguments a step gets. */
    private static final class Step extends Closure<Object> {
        private final transient Function<List<Object>, Object> step;

        Step(Function<List<Object>, Object> step) {
            super(null);
            this.step = step;
        }

        /** Closures are called by this name. */
        public Object doCall(Object... arguments) {
            return step.apply(List.of(arguments));
        }
    }

    /**
     * @param directory where the workspace and the Jenkinsfile are to be
     * @param agent all that the agent's shells have in their environment
     * @param credentials by their ids
     */
    Jenkins(Path directory, Map<String, String> agent, Map<String, String> credentials) {
        this.directory = directory;
        this.agent = Map.copyOf(agent);
        this.credentials = Map.copyOf(credentials);
        try {
            this.pipeline = Files.readString(FILE);
            Files.createDirectories(workspace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the builds work. */
    Path workspace() {
        return directory.resolve("workspace");
    }

    /** Writes another value into the one line that has {@code before} with some value in quotes behind it, as a team does. */
    Jenkins edited(String before, String value) {
        var start = pipeline.indexOf(before);
        assertThat(start).as(before).isNotNegative();
        var end = pipeline.indexOf('\'', start + before.length());
        pipeline = pipeline.substring(0, start + before.length()) + value + pipeline.substring(end);
        return this;
    }

    /** What the last build has made of its job. */
    List<String> properties() {
        return properties.stream().map(Object::toString).toList();
    }

    /**
     * Runs a build.
     *
     * @param variables that Jenkins sets for it
     * @param parameters that somebody has chosen by hand; empty before a job has any, and for every other trigger
     */
    TestSandbox.Result build(Map<String, String> variables, Map<String, String> parameters) {
        var build = new Build(variables, parameters);
        try {
            Files.writeString(directory.resolve("Jenkinsfile"), pipeline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            build.run();
            return new TestSandbox.Result(0, build.log.toString());
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StepFailed failed) {
                    return new TestSandbox.Result(failed.exitCode, build.log.toString());
                }
            }
            throw e;
        }
    }

    private final class Build {
        private final Map<String, String> variables;
        private final Map<String, String> parameters;
        private final StringBuilder log = new StringBuilder();
        private Map<String, String> environment;

        Build(Map<String, String> variables, Map<String, String> parameters) {
            this.variables = variables;
            this.parameters = parameters;
            this.environment = new HashMap<>(agent);
            environment.putAll(variables);
            environment.putAll(parameters);
        }

        void run() {
            var roots = new String[] {directory.toString()};
            var helper = new PipelineTestHelper(
                    roots,
                    "jenkins",
                    MockPipelineScript.class,
                    new HashMap<>(),
                    getClass().getClassLoader(),
                    directory.toString());
            List.of("disableConcurrentBuilds", "choice", "string", "file", "usernamePassword", "scmGit")
                    .forEach(name -> step(helper, name, List.of(Map.class), given -> described(name, given)));
            List.of("pipelineTriggers", "parameters")
                    .forEach(name -> step(helper, name, List.of(List.class), given -> described(name, given)));
            step(helper, "cron", List.of(String.class), given -> described("cron", given));
            step(helper, "echo", List.of(String.class), given -> log.append(given.get(0)));
            step(helper, "properties", List.of(List.class), given -> properties = (List<?>) given.get(0));
            for (var block : List.of("node", "stage")) {
                step(helper, block, List.of(String.class, Closure.class), given -> inside(given, Map.of()));
            }
            step(helper, "withEnv", List.of(List.class, Closure.class), given -> inside(given, settings(given)));
            step(helper, "withCredentials", List.of(List.class, Closure.class), given -> inside(given, bound(given)));
            step(helper, "checkout", List.of(Map.class), given -> checkout((Map<?, ?>) given.get(0)));
            step(helper, "sh", List.of(String.class), given -> sh(given.get(0).toString()));
            var binding = new Binding();
            binding.setVariable("env", variables);
            binding.setVariable("params", parameters);
            helper.init().runScript("Jenkinsfile", binding);
        }

        private static void step(
                PipelineTestHelper helper, String name, List<Class<?>> types, Function<List<Object>, Object> step) {
            helper.registerAllowedMethod(name, new ArrayList<>(types), new Step(step));
        }

        private static Object described(String name, List<Object> given) {
            return new Described(name, given.get(0));
        }

        private Object inside(List<Object> given, Map<String, String> more) {
            var outside = environment;
            environment = new HashMap<>(outside);
            environment.putAll(more);
            try {
                return ((Closure<?>) given.get(1)).call();
            } finally {
                environment = outside;
            }
        }

        private static Map<String, String> settings(List<Object> given) {
            var settings = new HashMap<String, String>();
            ((List<?>) given.get(0)).forEach(line -> {
                var parts = line.toString().split("=", 2);
                settings.put(parts[0], parts[1]);
            });
            return settings;
        }

        private Map<String, String> bound(List<Object> given) {
            var bound = new HashMap<String, String>();
            ((List<?>) given.get(0)).forEach(one -> {
                var how = (Map<?, ?>) ((Described) one).how();
                var name = how.containsKey("variable") ? how.get("variable") : how.get("passwordVariable");
                var id = how.get("credentialsId").toString();
                assertThat(credentials).containsKey(id);
                bound.put(name.toString(), credentials.get(id));
            });
            return bound;
        }

        /** As the Git plugin does: a branch is looked for where the refspec has put it. */
        private Object checkout(Map<?, ?> given) {
            var scm = (Map<?, ?>) ((Described) given.get("scm")).how();
            var remote = (Map<?, ?>) ((List<?>) scm.get("userRemoteConfigs")).get(0);
            var branch = ((Map<?, ?>) ((List<?>) scm.get("branches")).get(0))
                    .get("name")
                    .toString();
            var fetch = new ArrayList<>(List.of("git", "fetch", "--quiet", "--no-tags", "--depth=1"));
            fetch.add(remote.get("url").toString());
            fetch.addAll(List.of(remote.get("refspec").toString().split(" ")));
            process(List.of("git", "init", "--quiet"));
            process(fetch);
            return process(List.of(
                    "git",
                    "checkout",
                    "--quiet",
                    "--force",
                    branch.replaceFirst("refs/heads/", "refs/remotes/origin/")));
        }

        /** With the options that Jenkins gives it. */
        private Object sh(String script) {
            try {
                var file = Files.writeString(directory.resolve("script.sh"), script);
                return process(List.of("sh", "-xe", file.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Object process(List<String> command) {
            try {
                var builder = new ProcessBuilder(command)
                        .directory(workspace().toFile())
                        .redirectErrorStream(true);
                builder.environment().clear();
                builder.environment().putAll(environment);
                var process = builder.start();
                process.getOutputStream().close();
                log.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                var exitCode = process.waitFor();
                if (exitCode != 0) {
                    throw new StepFailed(exitCode);
                }
                return exitCode;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
