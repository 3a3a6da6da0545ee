package dev.ephemera.sandbox.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * What an update is to change.
 *
 * @param olds the outputs as they are
 * @param wanted what the program asks for, with what it leaves to the cloud taken from {@code olds}
 * @param changes in the order of the schema
 */
record Plan(Properties olds, Properties wanted, List<Change> changes) {

    /**
     * Compares by the official provider's rules: what a program leaves out is kept where the cloud decides it, and taken
     * away otherwise; "not set" and an empty value are the same.
     *
     * @param ignored properties that the program told the engine not to compare, or paths into them
     */
    static Plan of(ResourceKind type, Properties olds, Properties news, List<String> ignored) {
        var changes = new ArrayList<Change>();
        var wanted = new LinkedHashMap<>(news.values());
        for (var property : type.schema().inputs()) {
            var name = property.name();
            var actual = olds.get(name);
            var value = news.get(name);
            if (isIgnored(name, ignored) || value == null && property.computed()) {
                if (actual == null) {
                    wanted.remove(name);
                } else {
                    wanted.put(name, actual);
                }
            } else if (news.isUnknown(name)) {
                changes.add(
                        new Change(name, actual == null ? Change.Kind.ADD : Change.Kind.UPDATE, property.replaces()));
            } else if (value == null || Values.isZero(value)) {
                if (!Values.isZero(actual)) {
                    changes.add(new Change(
                            name, value == null ? Change.Kind.DELETE : Change.Kind.UPDATE, property.replaces()));
                }
            } else if (Values.isZero(actual) || actual == null) {
                changes.add(
                        new Change(name, actual == null ? Change.Kind.ADD : Change.Kind.UPDATE, property.replaces()));
            } else if (!type.isSame(property, actual, value, olds, news)) {
                changes.add(new Change(name, Change.Kind.UPDATE, property.replaces()));
            }
        }
        return new Plan(olds, Properties.of(wanted), changes);
    }

    private static boolean isIgnored(String name, List<String> ignored) {
        return ignored.stream()
                .anyMatch(path -> path.equals(name) || path.startsWith(name + ".") || path.startsWith(name + "["));
    }

    boolean changes(String... names) {
        var asked = Set.of(names);
        return changes.stream().anyMatch(change -> asked.contains(change.property()));
    }

    boolean changesOtherThan(Set<String> names) {
        return changes.stream().anyMatch(change -> !names.contains(change.property()));
    }
}
