package dev.ephemera.sandbox.aws;

/** AWS refused a call. The message has the shape that the official provider gives it, with AWS's code and text. */
final class AwsFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    AwsFailure(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** AWS's error code; empty where AWS did not answer at all. */
    String code() {
        return code;
    }

    boolean is(String expected) {
        return code.equals(expected);
    }

    boolean says(String expected, String part) {
        return is(expected) && String.valueOf(getMessage()).contains(part);
    }
}
