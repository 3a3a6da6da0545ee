package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where a tool may come from. */
enum Source {
    /** Already on this machine: on PATH, or in Pulumi's own plugin cache. */
    PATH,
    /** The official release, from its official download host, with its published checksum. */
    RELEASE,
    /** Made from the pinned modules and packages in {@code ci/toolchain}. */
    BUILD;

    static final String VARIABLE = "EPHEMERA_TOOLS";

    /** {@code EPHEMERA_TOOLS=release,build} leaves out, or reorders, what is tried; all three in this order otherwise. */
    static List<Source> order(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        if (text.isEmpty()) {
            return List.of(values());
        }
        var order = new ArrayList<Source>();
        for (String word : text.split(",")) {
            try {
                order.add(valueOf(word.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        Exit.USAGE,
                        VARIABLE + ": got '" + text + "', want some of path, release, build with commas between them",
                        e);
            }
        }
        return order;
    }
}
