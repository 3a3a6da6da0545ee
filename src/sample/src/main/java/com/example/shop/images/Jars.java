package com.example.shop.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars whose bytes depend on nothing but what is put in. */
final class Jars {
    private static final FileTime ALWAYS = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private Jars() {}

    /** @param entries contents by their name in the jar */
    static Path write(Path jar, Map<String, byte[]> entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            put(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var all = new TreeMap<>(entries);
            // Directories are entries too: a search for "db/migration" finds no others.
            entries.keySet().forEach(name -> parents(name).forEach(parent -> all.put(parent, new byte[0])));
            for (var each : all.entrySet()) {
                put(zip, each.getKey(), each.getValue());
            }
        }
        return jar;
    }

    /** {@code db/} and {@code db/migration/} for {@code db/migration/V1.sql}. */
    private static Stream<String> parents(String name) {
        return IntStream.range(0, name.length())
                .filter(i -> name.charAt(i) == '/')
                .mapToObj(i -> name.substring(0, i + 1));
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(ALWAYS);
        zip.putNextEntry(entry);
        zip.write(content);
    }
}
