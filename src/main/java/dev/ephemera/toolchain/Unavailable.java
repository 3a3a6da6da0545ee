package dev.ephemera.toolchain;

/** A release cannot be had from its host now; something else may do. */
final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean known;

    /** @param known true when the reason was already given in this run */
    Unavailable(String reason, boolean known) {
        super(reason);
        this.known = known;
    }

    boolean known() {
        return known;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
