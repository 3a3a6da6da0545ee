package dev.ephemera.cli;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.StackName;
import java.util.Objects;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ci/ephemera}: what CI and people call beside Pulumi itself. */
@Command(
        name = "ci/ephemera",
        description = "One environment per pull request.",
        mixinStandardHelpOptions = true,
        version = "ephemera 0.1.0",
        subcommands = Ephemera.Name.class)
public final class Ephemera implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private Ephemera() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
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
        /** What Java makes of every byte that the locale has no character for; it would give many branches one stack. */
        private static final char LOST = '\uFFFD';

        @Option(
                names = "--branch",
                parameterConsumer = Verbatim.class,
                paramLabel = "NAME",
                description = "the branch, as git names it")
        private @Nullable String branch;

        @Option(names = "--pull-request", paramLabel = "NUMBER", description = "the pull request's number, from 1")
        private @Nullable Long pullRequest;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            try {
                Objects.requireNonNull(spec, "picocli sets it")
                        .commandLine()
                        .getOut()
                        .println(stack());
            } catch (IllegalArgumentException e) {
                throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()), e);
            }
        }

        private StackName stack() {
            if (branch != null && pullRequest == null) {
                if (branch.indexOf(LOST) >= 0) {
                    throw new IllegalArgumentException(
                            "got \"%s\", of which characters were lost on the way here: run with a UTF-8 locale, such as LC_ALL=C.UTF-8"
                                    .formatted(branch));
                }
                return StackName.ofBranch(branch);
            }
            if (pullRequest != null && branch == null) {
                return StackName.ofPullRequest(pullRequest);
            }
            throw new IllegalArgumentException("want one of --branch NAME and --pull-request NUMBER");
        }
    }

    /** Takes the next word whatever it looks like: git allows a branch that is called {@code --help}. */
    static final class Verbatim implements CommandLine.IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            if (words.isEmpty()) {
                throw new CommandLine.ParameterException(
                        command.commandLine(), "%s needs a value".formatted(option.paramLabel()));
            }
            option.setValue(words.pop());
        }
    }
}
