package dev.ephemera.engine;

/**
 * Something beside the state that keeps others from working on a stack.
 *
 * @param kind a lease of ours, or a lock of Pulumi's
 * @param owner in words; where it cannot be read, its key
 */
public record Hold(Kind kind, String stack, String owner, State state) {
    /** Whose thing it is. */
    public enum Kind {
        LEASE("lease"),
        LOCK("lock of Pulumi's");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** What is known of its owner. */
    public enum State {
        /** It works, or nobody can tell that it does not. */
        HELD,
        /** It has ended for certain. */
        ENDED,
        UNREADABLE
    }
}
