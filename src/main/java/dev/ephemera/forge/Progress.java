package dev.ephemera.forge;

/** How far an environment is, for a forge that shows environments beside its pull requests. */
public enum Progress {
    /** An update has begun. */
    BEGUN,
    UP,
    FAILED,
    /** It is no more. */
    GONE
}
