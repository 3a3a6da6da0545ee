package dev.ephemera.cli;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.SandboxEnvironment;
import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import dev.ephemera.toolchain.Tools;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ci/setup}: makes the tools available that the other commands need. */
@Command(
        name = "ci/setup",
        sortOptions = false,
        header = "Finds, downloads or builds the programs that the project runs.",
        description = {
            "",
            "What is on PATH and new enough is taken (the pinned minor version or a newer one); else the official release"
                    + " is downloaded and its checksum verified; else it is built from the modules pinned in ci/toolchain."
                    + " Says nothing when all is there.",
            ""
        },
        footer = {
            "",
            "Parts:",
            "  engine               Pulumi's command line and Java language host",
            "  gateway-api          the Gateway API's resource definitions",
            "  moto                 an AWS emulator",
            "  cluster              etcd, API server, controller manager, scheduler, kwok",
            "  kubernetes-provider  Pulumi's provider for Kubernetes",
            "  database             a PostgreSQL server",
            "  broker               the NATS server",
            "  node                 kubelet, kube-proxy, containerd, CNI plugins, iptables, kube-router, CoreDNS (Linux)",
            "  gateway              Traefik",
            "  workflows            act and actionlint, for the tests of ci/github",
            "  pipelines            gitlab-ci-local, for the tests of ci/gitlab (Node.js)",
            "",
            "Environment:",
            "  EPHEMERA_CACHE  where things are kept (default: $XDG_CACHE_HOME/ephemera, or ~/.cache/ephemera)",
            "  EPHEMERA_TOOLS  what may be used, in this order (default: path,release,build)",
            "  PULUMI_HOME     whose plugin cache gets the Kubernetes provider (default: ~/.pulumi)",
            "",
            "Examples:",
            "  ci/setup                        everything that can be had on this machine",
            "  ci/setup engine                 only Pulumi",
            "  eval \"$(ci/setup --shell)\"      and put pulumi on this shell's PATH"
        })
public final class Setup implements Callable<Integer> {
    private final Path projectRoot;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "PART", description = "What to set up; everything when none is named.")
    private List<String> parts = new ArrayList<>();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--list", description = "Print each tool and where it is; set up nothing.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = "--shell",
            description = "Set up, then print the line that puts pulumi on PATH, for eval in a POSIX shell.")
    private boolean shell;

    Setup(Path projectRoot, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.projectRoot = projectRoot;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs from the project's root, which {@code ci/launch} passes as the system property {@code ephemera.root}. */
    public static void main(String... arguments) {
        Path root = Path.of(System.getProperty("ephemera.root", "")).toAbsolutePath();
        System.exit(execute(new Setup(root, System.getenv(), System.out, System.err), arguments));
    }

    static int execute(Setup setup, String... arguments) {
        return new CommandLine(setup)
                .setOut(new PrintWriter(setup.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(setup.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof Failure failure) {
                        setup.err.println("ci/setup: " + failure.getMessage());
                        return failure.exit().code();
                    }
                    throw e;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() {
        var worked = new AtomicBoolean();
        long started = System.nanoTime();
        var toolchain = new Toolchain(projectRoot, environment, line -> {
            worked.set(true);
            err.println(line);
        });
        Set<Part> wanted = wanted(toolchain);
        if (list) {
            list(wanted, toolchain.present(wanted));
            return Exit.DONE.code();
        }
        if (shell) {
            wanted.add(Part.ENGINE);
        }
        Tools tools = toolchain.provide(wanted);
        if (wanted.contains(Part.KUBERNETES_PROVIDER)) {
            toolchain.installPlugins(tools);
        }
        if (worked.get()) {
            err.println(
                    "Done in " + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s.");
        }
        if (shell) {
            out.println("export PATH=" + SandboxEnvironment.quote(directory(tools.path(Tool.PULUMI))) + ":\"$PATH\"");
        } else if (worked.get() && wanted.contains(Part.ENGINE)) {
            err.println("Pulumi is " + tools.path(Tool.PULUMI)
                    + "; to put it on this shell's PATH: eval \"$(ci/setup --shell engine)\"");
        }
        return Exit.DONE.code();
    }

    private Set<Part> wanted(Toolchain toolchain) {
        if (parts.isEmpty()) {
            return list ? EnumSet.allOf(Part.class) : possible(toolchain);
        }
        try {
            return EnumSet.copyOf(parts.stream().map(Part::labelled).toList());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Set<Part> possible(Toolchain toolchain) {
        var possible = EnumSet.allOf(Part.class);
        for (Part part : Part.values()) {
            toolchain.obstacle(part).ifPresent(reason -> {
                possible.remove(part);
                err.println("Without '" + part.label() + "': " + reason);
            });
        }
        return possible;
    }

    private void list(Set<Part> wanted, Map<Tool, Path> present) {
        for (Part part : wanted) {
            for (Tool tool : part.tools()) {
                @Nullable Path path = present.get(tool);
                out.printf("%-24s %s%n", tool.label(), path == null ? "absent (ci/setup " + part.label() + ")" : path);
            }
        }
    }

    private static String directory(Path program) {
        Path parent = program.getParent();
        return parent == null ? "." : parent.toString();
    }
}
