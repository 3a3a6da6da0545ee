package com.example.shop.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The shared libraries that programs need from this machine: the C library, its loader, and what Java links beside them. They
 * go into the image under the names by which the loader looks for them here.
 */
final class NativeLibraries {
    /** {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)}, {@code /lib64/ld-linux-x86-64.so.2 (0x...)}. */
    private static final Pattern RESOLVED = Pattern.compile("(?m)(?:=>|^)\\s+(/\\S+) \\(0x");

    private NativeLibraries() {}

    /** @param places programs and libraries, or directories that hold some */
    static Collection<Path> of(List<Path> places) throws IOException {
        var libraries = new TreeSet<Path>();
        for (var place : places) {
            try (var files = Files.walk(place)) {
                for (var file : files.filter(NativeLibraries::isNative).toList()) {
                    RESOLVED.matcher(Processes.run("ldd", file.toString()))
                            .results()
                            .map(found -> Path.of(found.group(1)).normalize())
                            .filter(library -> places.stream().noneMatch(library::startsWith))
                            .forEach(libraries::add);
                }
            }
        }
        return libraries;
    }

    private static boolean isNative(Path file) {
        var inPrograms = file.getParent() != null && file.getParent().endsWith("bin");
        return Files.isRegularFile(file) && (inPrograms || file.toString().endsWith(".so"));
    }
}
