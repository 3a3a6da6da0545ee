package dev.ephemera.chaos;

import java.util.Locale;

/** What goes wrong while a command runs. */
enum Fault {
    KILLED_WRAPPER("kill -9 of ci/ephemera alone"),
    KILLED_ENGINE("kill -9 of the engine alone"),
    KILLED_PROGRAM("kill -9 of the Java program"),
    KILLED_KUBERNETES_PROVIDER("kill -9 of the Kubernetes provider"),
    KILLED_AWS_PROVIDER("kill -9 of the AWS provider"),
    KILLED_ALL("kill -9 of all, as a machine that goes"),
    ASKED_TO_END("SIGTERM to ci/ephemera"),
    ANSWER_LOST("AWS carries a call out, its answer is lost"),
    THROTTLED("AWS says Throttling"),
    REFUSED("AWS answers 503"),
    DELAYED("AWS answers late"),
    API_SERVER_PAUSED("the API server stands still"),
    STATE_REFUSED("the state cannot be written"),
    DEAD_OWNER("lease and lock of a dead owner are there again"),
    FORGE_ERROR("the forge answers nonsense"),
    FORGE_PARTIAL("the forge's list is not complete"),
    CLOSE_LOST("closed meanwhile, and no event says so");

    private final String description;

    Fault(String description) {
        this.description = description;
    }

    /** For the table. */
    String description() {
        return description;
    }

    /** In a file of counts, which outlives a change of these names' spelling in Java. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a run of {@code event} is something that it can hit. */
    boolean canHit(Event event) {
        return switch (this) {
            case KILLED_ENGINE, KILLED_KUBERNETES_PROVIDER, KILLED_AWS_PROVIDER, STATE_REFUSED, DEAD_OWNER ->
                event.deploys() || event == Event.CLOSE;
            case FORGE_ERROR, FORGE_PARTIAL -> event.runsTheEngine();
            case KILLED_PROGRAM, CLOSE_LOST -> event.deploys();
            default -> true;
        };
    }

    /** Whether it makes sense to wait with it until a database is being restored. */
    boolean canWaitForARestore() {
        return this != DEAD_OWNER && this != FORGE_ERROR && this != FORGE_PARTIAL;
    }
}
