package dev.ephemera.chaos;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Something that the checker found.
 *
 * @param id another one of the same name has another
 * @param marks tags, labels, or what the text beside a record says
 */
record Thing(String kind, String name, String id, Map<String, String> marks) {
    private static final Pattern STACK = Pattern.compile("pr-(\\d+)");
    private static final String PROJECT = "shop";

    /** The pull request whose environment it is part of; empty when it is nobody's, or another project's. */
    OptionalInt owner() {
        var stack = STACK.matcher(marks.getOrDefault("stack", ""));
        return stack.matches() && PROJECT.equals(marks.get("project"))
                ? OptionalInt.of(Integer.parseInt(stack.group(1)))
                : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return "%s %s (%s, %s)".formatted(kind, name, id, marks);
    }
}
