package dev.ephemera.cli;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where GitLab reads an environment's address from: it knows no other way to learn it from a job. */
final class DotenvOption {
    private static final String VARIABLE = "PREVIEW_URL";

    @Option(
            names = "--dotenv",
            paramLabel = "FILE",
            description = "write the address there when it is up, as " + VARIABLE + "=...: GitLab's dotenv report")
    private @Nullable Path file;

    /** Writes it; nothing where there is no address: a variable of nothing would be a link to nowhere. */
    void write(Optional<String> address) {
        if (file != null) {
            try {
                Files.writeString(
                        file, address.map(url -> VARIABLE + "=" + url + "\n").orElse(""));
            } catch (IOException e) {
                throw new Failure(Exit.USAGE, "--dotenv: %s cannot be written: %s".formatted(file, e.getMessage()), e);
            }
        }
    }
}
