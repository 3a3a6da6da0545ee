package dev.ephemera.sandbox;

import dev.ephemera.naming.ShortHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/** Another text whenever the sample application's images have to be made anew. */
final class SampleKey {
    private SampleKey() {}

    /** From the sample's sources, less what decides nothing about its images, and the programs that go into them. */
    static String of(Path sample, Path natsServer) throws IOException {
        var parts = new ArrayList<>(List.of(
                Runtime.version().toString(),
                System.getProperty("java.home", ""),
                natsServer.toRealPath().toString(),
                Files.getLastModifiedTime(natsServer).toString()));
        for (var place : List.of("pom.xml", "src/main", "push")) {
            try (var files = Files.walk(sample.resolve(place))) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    parts.add(sample.relativize(file).toString());
                    parts.add(checksum(file));
                }
            }
        }
        return ShortHash.of(parts.toArray(String[]::new));
    }

    private static String checksum(Path file) throws IOException {
        var checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        return HexFormat.of().toHexDigits(checksum.getValue());
    }
}
