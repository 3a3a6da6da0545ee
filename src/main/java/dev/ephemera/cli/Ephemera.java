package dev.ephemera.cli;

import dev.ephemera.engine.Interruption;
import dev.ephemera.failure.Exit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ci/ephemera}: what CI and people call beside Pulumi itself. */
@Command(
        name = "ci/ephemera",
        description = "One environment per pull request.",
        mixinStandardHelpOptions = true,
        version = "ephemera 0.1.0",
        subcommands = {
            Ephemera.Name.class,
            UpCommand.class,
            ReseedCommand.class,
            SleepCommand.class,
            WakeCommand.class,
            ExtendCommand.class,
            PinCommand.class,
            UnpinCommand.class,
            DestroyCommand.class,
            ListCommand.class,
            DoctorCommand.class,
            ReapCommand.class
        })
public final class Ephemera implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private Ephemera() {}

    public static void main(String[] arguments) {
        System.exit(
                Interruption.ofThisProcess().during(() -> commandLine().execute(arguments), Exit.INTERRUPTED.code()));
    }

    static CommandLine commandLine() {
        return Commands.of(new Ephemera());
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "a verb is missing");
        }
    }

    /** Prints the stack of a pull request or a branch. */
    @Command(
            name = "name",
            description = "Print the name of the stack that shows a pull request or a branch.",
            mixinStandardHelpOptions = true)
    static final class Name implements Runnable {
        @Mixin
        private Target target = new Target();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            Objects.requireNonNull(spec, "picocli sets it")
                    .commandLine()
                    .getOut()
                    .println(target.stack());
        }
    }
}
