package dev.ephemera.sandbox.aws;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.Filter;

/** What the provider's functions that look one thing up have in common. */
final class Lookups {
    private Lookups() {}

    /**
     * The one that was found, with the provider's own words where there is none or another.
     *
     * @param thing what is looked for, in the singular
     */
    static <T> T only(List<T> found, String thing) {
        if (found.isEmpty()) {
            throw new WaitFailure("no matching " + thing + " found");
        }
        if (found.size() > 1) {
            throw new WaitFailure("multiple " + thing
                    + "s matched; use additional constraints to reduce matches to a single " + thing);
        }
        return found.get(0);
    }

    static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    /** Adds what the arguments {@code tags} and {@code filters} ask for, which each of EC2's functions has. */
    static void addTagsAndFilters(Properties arguments, List<Filter> filters) {
        arguments.textMap("tags").forEach((key, value) -> filters.add(filter("tag:" + key, List.of(value))));
        arguments
                .blocks("filters")
                .forEach(block -> filters.add(filter(block.requiredText("name"), block.texts("values"))));
    }
}
