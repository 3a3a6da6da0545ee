package dev.ephemera.sandbox.node;

import java.util.List;
import java.util.Map;

/**
 * A process to be started.
 *
 * @param command the program by its full path, and its arguments
 * @param environment all that it gets
 */
public record Launch(List<String> command, Map<String, String> environment) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
