package dev.ephemera.lifecycle;

/**
 * What is to become of an environment, and why.
 *
 * @param stack as the state or a mark names it; anything
 * @param found what there is of it, for people
 */
public record Verdict(String stack, Action action, String found, String reason) {
    /** What is done about it. */
    public enum Action {
        /** Nothing. */
        KEEP,
        /** It is destroyed. */
        DESTROY,
        /** Its pods are taken away, and its databases stopped. */
        SLEEP,
        /** It is woken. */
        WAKE,
        /** Nothing, and people are told: it is none of ours to touch. */
        REPORT
    }
}
