package dev.ephemera.cli;

import dev.ephemera.config.ProjectFile;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.StackName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which stack a verb works on. */
final class Target {
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

    @Option(names = "--stack", paramLabel = "NAME", description = "the stack itself: pr-12, br-...")
    private @Nullable String stack;

    /**
     * The stack.
     *
     * @throws Failure when not exactly one of the options is given, or it makes no stack
     */
    StackName stack() {
        try {
            if (branch != null && pullRequest == null && stack == null) {
                if (branch.indexOf(LOST) >= 0) {
                    throw new IllegalArgumentException(
                            "got \"%s\", of which characters were lost on the way here: run with a UTF-8 locale, such as LC_ALL=C.UTF-8"
                                    .formatted(branch));
                }
                return StackName.ofBranch(branch);
            }
            if (pullRequest != null && branch == null && stack == null) {
                return StackName.ofPullRequest(pullRequest);
            }
            if (stack != null && branch == null && pullRequest == null) {
                return named(stack);
            }
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
        throw new Failure(Exit.USAGE, "want one of --branch NAME, --pull-request NUMBER and --stack NAME");
    }

    /** A stack that is no preview's is not a slip of the pen: nothing here may ever touch it. */
    private static StackName named(String stack) {
        try {
            return new StackName(stack);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /** The names of the environment, for the project at hand. */
    EnvironmentNames names() {
        return new EnvironmentNames(ProjectFile.name(project()), stack());
    }

    /**
     * The directory of the nearest {@code Pulumi.yaml}, from the working directory upwards, as Pulumi finds it.
     *
     * @throws Failure when there is none
     */
    static Path project() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("Pulumi.yaml"))) {
                return folder;
            }
        }
        throw new Failure(
                Exit.USAGE,
                "no Pulumi.yaml in %s or above it: run this in the project's directory"
                        .formatted(Path.of("").toAbsolutePath()));
    }
}
