package dev.ephemera.cli;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.OwnCode;
import dev.ephemera.sandbox.SampleImages;
import dev.ephemera.sandbox.Sandbox;
import dev.ephemera.sandbox.SandboxDirectory;
import dev.ephemera.sandbox.SandboxEnvironment;
import dev.ephemera.sandbox.SandboxOptions;
import dev.ephemera.sandbox.Seed;
import dev.ephemera.sandbox.ToolchainPrograms;
import dev.ephemera.toolchain.Part;
import dev.ephemera.toolchain.Tool;
import dev.ephemera.toolchain.Toolchain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Java half of {@code ci/sandbox}: prints shell lines that the script evaluates, either the environment for the
 * command that follows the options, or what is to be printed and the exit code. A process cannot change its parent's
 * environment, and the command has to be the script's own process for signals and exit code to be its own.
 */
public final class SandboxCommand {
    private static final String HELP = """
            Runs a command against a cloud on this machine, after starting what of it does not run:
            a Kubernetes cluster, an emulated AWS, the AWS provider.

            usage: ci/sandbox [OPTION...] [COMMAND [ARGUMENT...]]
              ci/sandbox pulumi up --stack pr-123    run a command there, exit with its code
              ci/sandbox                             only start it
              ci/sandbox image import FILE...        give the node images, as docker save writes them
              ci/sandbox image sample                give it those of the sample application in src/sample
              ci/sandbox --status                    say what runs; exit code 0 when all does, else 1
              ci/sandbox --stop                      end it; refused (4) while stacks hold resources
              ci/sandbox --reset [COMMAND...]        end it and delete state, cluster and cloud

              --nodes=real             pods run, on a kubelet and containerd of this machine (Linux, root)
              --nodes=simulated        pods only seem to run; for machines without the rights, and for scale
              --restore-time TIME      how long a database stays "creating" from now on, at first 2s;
                                       500ms, 20s, 5m
              --kubernetes=mine        take the cluster that KUBECONFIG names; only AWS is local
              --aws-provider=official  take the installed plugin of the AWS provider, not the sandbox's
              --                       ends the options

            It lives on after the command. All of it lies in .ephemera, or in the directory that
            EPHEMERA_SANDBOX names; two directories are two sandboxes.
            """;

    private SandboxCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv()).code());
    }

    private static Exit run(List<String> arguments, Map<String, String> environment) {
        try {
            System.out.print(answer(arguments, environment));
            return Exit.DONE;
        } catch (Failure e) {
            System.err.println(e.getMessage());
            return e.exit();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("the sandbox cannot read or write its files: " + e.getMessage()
                    + "; see to it (a full disk? another user's files?) and run again");
            return Exit.FAILED;
        }
    }

    private static String answer(List<String> arguments, Map<String, String> environment) throws IOException {
        var options = SandboxOptions.parse(arguments);
        if (options.action() == SandboxOptions.Action.HELP) {
            return print(HELP, Exit.DONE);
        }
        var code = OwnCode.find();
        var toolchain = new Toolchain(code.projectRoot(), environment, System.err::println);
        var sandbox = new Sandbox(
                SandboxDirectory.of(code.projectRoot(), environment),
                code,
                new ToolchainPrograms(toolchain),
                () -> Seed.of(ApplicationReader.read(code.projectRoot().resolve("stacks"))),
                environment,
                System.err::println);
        switch (options.action()) {
            case STATUS -> {
                var status = sandbox.status();
                return print(String.join("\n", status.lines()) + "\n", status.complete() ? Exit.DONE : Exit.FAILED);
            }
            case STOP -> {
                sandbox.stop();
                return print("", Exit.DONE);
            }
            case RESET -> {
                sandbox.reset();
                if (!options.hasCommand()) {
                    return print("", Exit.DONE);
                }
            }
            case IMPORT -> {
                sandbox.importImages(
                        options,
                        arguments.subList(options.count(), arguments.size()).stream()
                                .map(Path::of)
                                .toList());
                return print("", Exit.DONE);
            }
            case IMPORT_SAMPLE -> {
                var broker = toolchain.provide(Set.of(Part.BROKER)).path(Tool.NATS_SERVER);
                var images = new SampleImages(code.projectRoot(), broker);
                sandbox.importImages(options, images.provide(System.err::println));
                return print("", Exit.DONE);
            }
            default -> {}
        }
        var started = sandbox.start(options);
        return options.hasCommand() ? started.toShell(options.count()) : print("", Exit.DONE);
    }

    private static String print(String text, Exit exit) {
        return "printf %s " + SandboxEnvironment.quote(text) + "\nexit " + exit.code() + "\n";
    }
}
