package dev.ephemera.chaos;

/** What happens to a pull request, and so which command its run gives. */
enum Event {
    OPEN("up"),
    PUSH("up"),
    CLOSE("destroy"),
    REOPEN("up"),
    SLEEP("sleep"),
    WAKE("wake"),
    REAP("reap");

    private final String verb;

    Event(String verb) {
        this.verb = verb;
    }

    /** Of {@code ci/ephemera}. */
    String verb() {
        return verb;
    }

    boolean deploys() {
        return verb.equals("up");
    }

    /** Whether its run starts Pulumi's engine for an update. */
    boolean runsTheEngine() {
        return this != SLEEP && this != WAKE;
    }
}
