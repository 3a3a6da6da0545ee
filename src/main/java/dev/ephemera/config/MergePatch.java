package dev.ephemera.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON merge patch (RFC 7386) on nodes: a block is merged key by key, null removes, anything else replaces. */
final class MergePatch {
    private MergePatch() {}

    /**
     * {@code target} with {@code patch} laid over it; values keep the place they came from. A null that removes nothing is a
     * fault: what it was meant for is still there.
     */
    static Node.Mapping merge(Node.Mapping target, Node.Mapping patch, Faults faults) {
        return merge(target, patch, "", faults);
    }

    private static Node.Mapping merge(Node.Mapping target, Node.Mapping patch, String path, Faults faults) {
        var merged = new LinkedHashMap<>(target.fields());
        patch.fields().forEach((key, change) -> {
            var here = path.isEmpty() ? key : path + "." + key;
            if (change instanceof Node.Null) {
                if (merged.remove(key) == null) {
                    faults.add(
                            change.place(),
                            here,
                            "null removes nothing: %s has no such key"
                                    .formatted(target.place().file()));
                }
            } else if (change instanceof Node.Mapping block) {
                var below = merged.get(key) instanceof Node.Mapping mapping
                        ? mapping
                        : new Node.Mapping(block.place(), Map.of());
                merged.put(key, merge(below, block, here, faults));
            } else {
                merged.put(key, change);
            }
        });
        return new Node.Mapping(target.place(), merged);
    }
}
