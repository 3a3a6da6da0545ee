package dev.ephemera.failure;

/**
 * Ends a command. The message is all that a user sees, so it names the place, what was found, what would do and the next
 * step; it never holds a secret.
 */
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;

    public Failure(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    public Failure(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    public Exit exit() {
        return exit;
    }
}
