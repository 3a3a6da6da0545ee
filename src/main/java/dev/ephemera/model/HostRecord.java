package dev.ephemera.model;

import java.util.List;

/**
 * A DNS record that exists.
 *
 * @param name without a trailing dot
 * @param type for example {@code CNAME}
 * @param values a text's without its quotes; none for an alias
 */
public record HostRecord(String name, String type, List<String> values) {
    public HostRecord {
        values = List.copyOf(values);
    }
}
