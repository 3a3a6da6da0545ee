package dev.ephemera.model;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a stack's tags say of its environment: Pulumi keeps them beside the state, anybody who may write there may change them,
 * and other tools may read them.
 */
public record StackTags(Map<String, String> values) {
    /** What each of ours begins with. */
    public static final String PREFIX = "ephemera:";

    public static final String PULL_REQUEST = "ephemera:pull-request";
    public static final String BRANCH = "ephemera:branch";
    public static final String AUTHOR = "ephemera:author";
    public static final String TEAM = "ephemera:team";
    /** The DNS zone. */
    public static final String ZONE = "ephemera:zone";
    /** Where a browser opens it. */
    public static final String URL = "ephemera:url";
    /** The CI run that works on it. */
    public static final String RUN = "ephemera:run";
    /** When its first update began. */
    public static final String CREATED = "ephemera:created";

    public static final String LAST_ACTIVITY = "ephemera:last-activity";
    public static final String PINNED_UNTIL = "ephemera:pinned-until";
    public static final String EXTENDED_UNTIL = "ephemera:extended-until";
    public static final String ASLEEP_SINCE = "ephemera:asleep-since";

    public static final StackTags NONE = new StackTags(Map.of());

    public StackTags {
        values = Map.copyOf(values);
    }

    /** What it says; empty when it says nothing. */
    public Optional<String> text(String tag) {
        return Optional.ofNullable(values.get(tag));
    }

    /** When; empty when it says nothing, or no instant: then as if nobody had said anything. */
    public Optional<Instant> instant(String tag) {
        try {
            return text(tag).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether its pods are away and its databases are stopped, or are about to be. */
    public boolean asleep() {
        return values.containsKey(ASLEEP_SINCE);
    }

    /** The same, but for one tag. */
    public StackTags with(String tag, String value) {
        var all = new TreeMap<>(values);
        all.put(tag, value);
        return new StackTags(all);
    }

    /** The same, without one tag. */
    public StackTags without(String tag) {
        var all = new TreeMap<>(values);
        all.remove(tag);
        return new StackTags(all);
    }
}
