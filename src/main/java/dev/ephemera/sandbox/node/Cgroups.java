package dev.ephemera.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The control groups of one node's pods, below one of our own in each hierarchy: with version 1 of the kernel's interface
 * there is one for each controller, with version 2 a single one. They outlive their processes, so they are removed by us.
 */
public final class Cgroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final String name;

    /**
     * @param name differs between sandboxes
     */
    public Cgroups(String name) {
        this.name = name;
    }

    /** The kubelet makes those of pods below it, and refuses to make this one. */
    public void create() throws IOException {
        for (var hierarchy : hierarchies()) {
            Files.createDirectories(hierarchy.resolve(name));
        }
    }

    /** Removes all; false when a process is still in one. */
    public boolean remove() throws IOException {
        var all = true;
        for (var hierarchy : hierarchies()) {
            all &= remove(hierarchy.resolve(name));
        }
        return all;
    }

    /** Directories only: the files in them are the kernel's and go with them. */
    private static boolean remove(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return true;
        }
        List<Path> directories;
        try (var found = Files.walk(root)) {
            directories = found.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (var directory : directories) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> hierarchies() throws IOException {
        if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
            return List.of(ROOT);
        }
        var hierarchies = new ArrayList<Path>();
        try (Stream<Path> found = Files.list(ROOT)) {
            // cpu and cpuacct may be links to one directory.
            found.filter(path -> Files.isDirectory(path) && !Files.isSymbolicLink(path))
                    .forEach(hierarchies::add);
        }
        return hierarchies;
    }
}
