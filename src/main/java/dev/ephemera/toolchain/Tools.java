package dev.ephemera.toolchain;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Where each tool is; absolute paths. Holds the tools of the parts that were asked for, and no others. */
public record Tools(Map<Tool, Path> paths) {
    public Tools {
        paths = Map.copyOf(paths);
    }

    /** The directories of a part's programs, with colons between them, for the PATH of what starts them by name. */
    public String searchPath(Part part) {
        return part.tools().stream()
                .filter(tool -> !tool.isDirectory())
                .map(tool -> path(tool).resolveSibling("").toString())
                .distinct()
                .collect(Collectors.joining(":"));
    }

    /** Fails when the tool's part was not asked for: a mistake of the caller, not of the user. */
    public Path path(Tool tool) {
        Path path = paths.get(tool);
        if (path == null) {
            throw new IllegalArgumentException(tool + " was not asked for; these were: " + paths.keySet());
        }
        return path;
    }
}
