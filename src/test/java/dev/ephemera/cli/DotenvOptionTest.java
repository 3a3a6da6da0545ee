package dev.ephemera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DotenvOptionTest {
    private static final Optional<String> ADDRESS = Optional.of("https://pr-7.preview.example.com");

    @TempDir
    private Path directory;

    private DotenvOption option(Path file) {
        return CommandLine.populateCommand(new DotenvOption(), "--dotenv", file.toString());
    }

    @Test
    void theAddressIsAVariableUntilThereIsNone() {
        var file = directory.resolve("preview.env");
        option(file).write(ADDRESS);
        assertThat(file).hasContent("PREVIEW_URL=https://pr-7.preview.example.com");
        option(file).write(Optional.empty());
        assertThat(file).isEmptyFile();
    }

    @Test
    void withoutTheOptionNothingIsWritten() {
        new DotenvOption().write(ADDRESS);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeWrittenIsAMisuse() {
        assertThatThrownBy(() -> option(directory.resolve("none/preview.env")).write(ADDRESS))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("--dotenv: ");
    }
}
