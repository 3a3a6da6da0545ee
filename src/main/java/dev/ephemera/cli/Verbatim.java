package dev.ephemera.cli;

import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes the next word whatever it looks like: git allows a branch that is called {@code --help}. */
final class Verbatim implements CommandLine.IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        if (words.isEmpty()) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "%s needs a value".formatted(option.paramLabel()));
        }
        option.setValue(words.pop());
    }
}
