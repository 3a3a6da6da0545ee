package dev.ephemera.report;

import dev.ephemera.naming.EnvironmentNames;
import java.util.Optional;

/** What a pull request says of its environment, in Markdown. Nothing in it is text that a pull request's author chooses. */
public final class PreviewComment {
    /** When nothing of it is left. */
    public static final String GONE = "The preview of this pull request is gone, with its database.";

    private static final int SHORT = 7;

    private PreviewComment() {}

    /** What a comment about this environment begins with; no reader sees it. */
    public static String mark(EnvironmentNames names) {
        return "<!-- ephemera:%s/%s -->".formatted(names.project(), names.stack());
    }

    /**
     * When it is up.
     *
     * @param commit that it shows
     * @param address where a browser opens it; empty when no workload is exposed
     */
    public static String up(String commit, Optional<String> address) {
        return "**Preview:** %s\n\nIt shows commit %s and goes when this pull request is closed."
                .formatted(address.orElse("up, without an address"), commit.substring(0, SHORT));
    }

    /** When it could not be brought up. */
    public static String failed(String commit) {
        return "The preview of commit %s could not be brought up; the run's log says why. What was there before goes on."
                .formatted(commit.substring(0, SHORT));
    }
}
