package dev.ephemera.sandbox.aws;

/** A wait that ended badly: cancelled, out of time, or in a state that leads nowhere. Texts as the official provider's. */
final class WaitFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    WaitFailure(String message) {
        super(message);
    }

    WaitFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
