package dev.ephemera.model;

import java.util.List;
import java.util.Optional;

/**
 * Who may open a preview, and whether search engines may list it.
 *
 * @param cidrs the addresses that may; empty for all. The Gateway sees to it, in a way that each implementation has of its
 *     own, so the Gateway's {@code controller} has to be said
 * @param filter an HTTPRoute filter in the environment's namespace, for example one that asks who somebody is
 * @param noindex whether every answer asks search engines to leave it out
 */
public record AccessSpec(
        List<Cidr> cidrs,
        Optional<Filter> filter,
        @Default("true") boolean noindex) {
    /** Open to all but search engines. */
    public static final AccessSpec OPEN = new AccessSpec(List.of(), Optional.empty(), true);

    /** An object that a Gateway's controller has a kind for, referred to by an {@code ExtensionRef}. */
    public record Filter(String group, String kind, ObjectName name) {}
}
