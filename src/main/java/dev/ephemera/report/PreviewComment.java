package dev.ephemera.report;

import dev.ephemera.naming.EnvironmentNames;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What a pull request says of its environment, in Markdown. Nothing in it is text that a pull request's author chooses. */
public final class PreviewComment {
    /** When nothing of it is left. */
    public static final String GONE = "The preview of this pull request is gone, with its database.";

    private static final int SHORT = 7;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
     * @param end when it ends by itself, as things are; empty when only the pull request's close ends it
     * @param cost what it costs
     */
    public static String up(String commit, Optional<String> address, Optional<Instant> end, CostPart cost) {
        return "**Preview:** %s\n\nIt shows commit %s and goes when this pull request is closed%s.\n\n%s"
                .formatted(
                        address.orElse("up, without an address"),
                        commit.substring(0, SHORT),
                        end.map(at -> ", or on %s if nothing happens until then".formatted(time(at)))
                                .orElse(""),
                        cost.markdown());
    }

    /** What the comment begins with that tells of an end once: another end, or another warning, is another comment. */
    public static String warningMark(EnvironmentNames names, Instant end, Duration before) {
        return "<!-- ephemera:%s/%s ends %s, %d h before -->"
                .formatted(names.project(), names.stack(), end, before.toHours());
    }

    /** When it is soon to end by itself. */
    public static String warning(Instant end, String reason) {
        return "The preview of this pull request ends on %s, because %s. Push, or run `ci/ephemera extend` or `ci/ephemera pin`, to keep it; its database goes with it."
                .formatted(time(end), reason);
    }

    /** When its own end has come, though the pull request is open. */
    public static String ended(String reason) {
        return "The preview of this pull request is gone, with its database: %s. The next push makes another."
                .formatted(reason);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** When there are as many environments as there may be. */
    public static String noRoom(String commit) {
        return "There is no room for a preview of commit %s: there are as many as this project may have at once. When one is gone, run this again or push."
                .formatted(commit.substring(0, SHORT));
    }

    /** When it could not be brought up. */
    public static String failed(String commit) {
        return "The preview of commit %s could not be brought up; the run's log says why. What was there before goes on."
                .formatted(commit.substring(0, SHORT));
    }
}
