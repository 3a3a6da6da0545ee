package dev.ephemera.cli;

import dev.ephemera.failure.Failure;
import picocli.CommandLine;

/** How every command line ends: a failure's one sentence on standard error and its exit code. */
final class Commands {
    private Commands() {}

    static int execute(Object command, String... arguments) {
        return of(command).execute(arguments);
    }

    static CommandLine of(Object command) {
        return new CommandLine(command).setExecutionExceptionHandler(Commands::tell);
    }

    private static int tell(Exception failure, CommandLine command, CommandLine.ParseResult result) throws Exception {
        if (failure instanceof Failure told) {
            command.getErr().println(told.getMessage());
            return told.exit().code();
        }
        throw failure;
    }
}
