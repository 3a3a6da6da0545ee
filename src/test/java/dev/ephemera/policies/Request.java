package dev.ephemera.policies;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What IAM decides on: one action on one resource. A call that touches several resources is asked for once for each.
 *
 * @param action for example {@code rds:StopDBInstance}
 * @param resource its ARN; {@code *} where the action has none
 * @param context values by condition key; of a key that is not there nothing is known
 */
record Request(String action, String resource, Map<String, List<String>> context) {
    static Request of(String action, String resource) {
        return new Request(action, resource, Map.of());
    }

    /** The same with another condition key. */
    Request with(String key, List<String> values) {
        var more = new HashMap<>(context);
        more.put(key, values);
        return new Request(action, resource, Map.copyOf(more));
    }

    Request with(String key, String value) {
        return with(key, List.of(value));
    }

    /** The same on a resource that has these tags. */
    Request onTagged(Map<String, String> tags) {
        return withEach("aws:ResourceTag/", tags);
    }

    /** The same with these tags to set. */
    Request tagging(Map<String, String> tags) {
        return withEach("aws:RequestTag/", tags).with("aws:TagKeys", List.copyOf(tags.keySet()));
    }

    Request withEach(String prefix, Map<String, String> tags) {
        var request = this;
        for (var tag : tags.entrySet()) {
            request = request.with(prefix + tag.getKey(), tag.getValue());
        }
        return request;
    }
}
