package com.example.shop.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The two releases of the shop: as it is, and with what a push to the pull request changes. */
final class Releases {
    private final Path project;

    Releases(Path project) {
        this.project = project;
    }

    Path first(String tag) throws IOException {
        return jar(tag, Map.of());
    }

    /** With the files of {@code push} over the shop's own. */
    Path second(String tag) throws IOException {
        var push = project.resolve("push");
        var changes = new TreeMap<String, byte[]>();
        try (var files = Files.walk(push)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                changes.put(push.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return jar(tag, changes);
    }

    private Path jar(String tag, Map<String, byte[]> changes) throws IOException {
        var entries = new TreeMap<>(changes);
        entries.put("version.txt", tag.getBytes(StandardCharsets.UTF_8));
        var directory = Files.createDirectories(project.resolve("target/releases"));
        return Jars.write(directory.resolve(tag + ".jar"), entries);
    }
}
