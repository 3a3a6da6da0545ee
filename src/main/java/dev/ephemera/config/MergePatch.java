package dev.ephemera.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON merge patch (RFC 7386) on nodes: a block is merged key by key, null removes, anything else replaces. */
final class MergePatch {
    private final Faults faults;

    private MergePatch(Faults faults) {
        this.faults = faults;
    }

    /**
     * {@code target} with {@code patch} laid over it; values keep the place they came from. A null that removes nothing is a
     * fault: what it was meant for is still there. So is a key of the patch with nothing behind it, because that looks like
     * a forgotten value and would remove; and a null of the target, which the patch would hide.
     */
    static Node.Mapping merge(Node.Mapping target, Node.Mapping patch, Faults faults) {
        return new MergePatch(faults).merged(target, patch, "");
    }

    private Node.Mapping merged(Node.Mapping target, Node.Mapping patch, String path) {
        var merged = new LinkedHashMap<>(target.fields());
        patch.fields().forEach((key, change) -> {
            var here = path.isEmpty() ? key : path + "." + key;
            var before = target.fields().get(key);
            if (before instanceof Node.Null none) {
                faults.add(none.place(), here, "got %s, want a value: only an overlay removes".formatted(none.shown()));
            }
            if (before instanceof Node.Refused) {
                return;
            }
            if (change instanceof Node.Null none) {
                if (before == null) {
                    faults.add(none.place(), here, removesNothing(key, target));
                } else if (!none.isWritten()) {
                    faults.add(none.place(), here, "got nothing, want a value, or null to remove the key");
                }
                merged.remove(key);
            } else if (change instanceof Node.Mapping block) {
                var below =
                        before instanceof Node.Mapping mapping ? mapping : new Node.Mapping(block.place(), Map.of());
                merged.put(key, merged(below, block, here));
            } else {
                merged.put(key, change);
            }
        });
        return new Node.Mapping(target.place(), merged);
    }

    private static String removesNothing(String key, Node.Mapping target) {
        var nearest = Distance.nearest(key, target.fields().keySet());
        return "null removes nothing: there is no such key"
                + nearest.map("; did you mean \"%s\"?"::formatted).orElse("");
    }
}
