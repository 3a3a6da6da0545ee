package dev.ephemera.sandbox.aws;

/**
 * Something exists in AWS, but is not what was asked for (yet): the wait was cancelled or ran out, or a later call was
 * refused. Carries what the engine has to record, so that the next update or destroy finds it.
 */
final class HalfMade extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String id;
    private final transient Properties outputs;

    HalfMade(String id, Properties outputs, String message, Throwable cause) {
        super(message, cause);
        this.id = id;
        this.outputs = outputs;
    }

    String id() {
        return id;
    }

    Properties outputs() {
        return outputs;
    }
}
