package dev.ephemera.sandbox.aws;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What to do to one thing's tags: first take off what is gone, then set what is new or different.
 *
 * @param gone with the values they had
 * @param changed with the values they get
 */
record TagChange(SortedMap<String, String> gone, SortedMap<String, String> changed) {

    static TagChange between(Map<String, String> olds, Map<String, String> news) {
        var gone = new TreeMap<>(olds);
        gone.keySet().removeAll(news.keySet());
        var changed = new TreeMap<>(news);
        changed.entrySet().removeIf(tag -> tag.getValue().equals(olds.get(tag.getKey())));
        return new TagChange(gone, changed);
    }
}
