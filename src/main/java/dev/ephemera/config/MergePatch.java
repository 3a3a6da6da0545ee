package dev.ephemera.config;

import java.util.LinkedHashMap;

/** JSON merge patch (RFC 7386) on nodes: a block is merged key by key, null removes, anything else replaces. */
final class MergePatch {
    private MergePatch() {}

    /** {@code target} with {@code patch} laid over it; values keep the place they came from. */
    static Node.Mapping merge(Node.Mapping target, Node.Mapping patch) {
        var merged = new LinkedHashMap<>(target.fields());
        patch.fields().forEach((key, change) -> {
            if (change instanceof Node.Null) {
                merged.remove(key);
            } else if (change instanceof Node.Mapping block) {
                var below = merged.get(key) instanceof Node.Mapping mapping
                        ? mapping
                        : new Node.Mapping(block.place(), new LinkedHashMap<>());
                merged.put(key, merge(below, block));
            } else {
                merged.put(key, change);
            }
        });
        return new Node.Mapping(target.place(), merged);
    }
}
