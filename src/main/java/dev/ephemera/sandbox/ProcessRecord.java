package dev.ephemera.sandbox;

import dev.ephemera.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is written down about a part's process.
 *
 * @param process who it is
 * @param version which program it runs, where that can change under it; else empty
 */
record ProcessRecord(ProcessIdentity process, String version) {

    /** Empty when the file is not there or is not whole: the process is then found by its command line. */
    static Optional<ProcessRecord> read(Path file) throws IOException {
        try {
            var lines = Files.readString(file).split("\n", -1);
            return lines.length < 4
                    ? Optional.empty()
                    : Optional.of(new ProcessRecord(new ProcessIdentity(Long.parseLong(lines[0]), lines[1]), lines[2]));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        WholeFile.write(file, process.pid() + "\n" + process.birth() + "\n" + version + "\n");
    }
}
