package dev.ephemera.failure;

/** What a command's exit code says. Scripts and pipelines rely on the numbers. */
public enum Exit {
    /** Done, and proven where the command proves something. */
    DONE(0),
    /** Failed; run again after the named cause is gone. */
    FAILED(1),
    /** The command line or the configuration is wrong. */
    USAGE(2),
    /** Credentials or passphrase are missing or wrong. */
    CREDENTIALS(3),
    /** A rule refuses it: closed, untrusted, outdated, over a cap, unmasked, another cluster or account. */
    REFUSED(4),
    /** Somebody else holds the lease or the lock, and it was waited for as long as told. */
    LOCKED(5),
    /** Interrupted by a signal; the state is saved, run again. */
    INTERRUPTED(6),
    /** Something is left behind, or is not ours to delete; it is listed. */
    LEFT_BEHIND(7),
    /** The forge, the cluster or the cloud did not answer well enough to decide; nothing was deleted. */
    UNDECIDED(8);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The process's exit code, 0 to 8. */
    public int code() {
        return code;
    }
}
