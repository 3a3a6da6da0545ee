package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers what a program on PATH said about its version, for as long as the file is the same: asking Pulumi alone takes
 * 0.4 s. Only a convenience: where it cannot be written, the program is asked each time.
 */
final class VersionMemory {
    private final Path directory;

    VersionMemory(Path directory) {
        this.directory = directory;
    }

    Optional<Version> version(Path program, Supplier<Optional<String>> ask) {
        try {
            Path file = program.toRealPath();
            String identity = file + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file) + "\n";
            Path note = directory.resolve(hash(identity));
            if (Files.exists(note)) {
                return Version.in(Files.readString(note));
            }
            Optional<String> said = ask.get();
            Optional<Version> version = said.flatMap(Version::in);
            if (version.isPresent()) {
                remember(note, version.get());
            }
            return version;
        } catch (IOException e) {
            return ask.get().flatMap(Version::in);
        }
    }

    private void remember(Path note, Version version) {
        try {
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, "note", null);
            Files.writeString(draft, version.toString());
            Files.move(draft, note, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return;
        }
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Pins.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
