package com.example.shop.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A layer in the making: files keep whether they can be run, everything belongs to root and is read by all. */
final class Layer {
    private static final FilePermissions RUN = FilePermissions.fromOctalString("755");
    private static final FilePermissions READ = FilePermissions.fromOctalString("644");

    private final FileEntriesLayer.Builder layer;

    Layer(String name) {
        this.layer = FileEntriesLayer.builder().setName(name);
    }

    Layer add(Path file, AbsoluteUnixPath place) {
        layer.addEntry(file, place, Files.isExecutable(file) ? RUN : READ);
        return this;
    }

    /** All files below {@code directory}, in an order that is always the same. */
    Layer addAll(Path directory, AbsoluteUnixPath place) throws IOException {
        try (var files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file ->
                            add(file, place.resolve(directory.relativize(file).toString())));
        }
        return this;
    }

    FileEntriesLayer build() {
        return layer.build();
    }
}
