package dev.ephemera.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/extending.md to the extension that is compiled and run. */
class ExtendingTest {
    private static final Path DOCUMENT = Path.of("docs/extending.md");
    private static final Pattern LINK = Pattern.compile("\\]\\((\\.\\./[^)#]+)\\)");

    static List<Readme.Block> blocks() throws IOException {
        return Readme.blocks(DOCUMENT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void whatItShowsStandsInTheFileThatItNames(Readme.Block block) throws IOException {
        assertThat(withoutIndentation(Files.readString(Path.of(block.mark()))))
                .contains(withoutIndentation(block.text()));
    }

    @Test
    void itShowsEachPartOfAnExtension() throws IOException {
        assertThat(blocks().stream()
                        .map(block -> Path.of(block.mark()).getFileName().toString()))
                .contains(
                        "pom.xml",
                        "application.yaml",
                        "QueueApplication.java",
                        "QueueSpec.java",
                        "ConsumerSpec.java",
                        "Queue.java",
                        "Main.java",
                        "QueueTest.java",
                        "QueuesSandboxTest.java");
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        var links = LINK.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(DOCUMENT.resolveSibling(link.group(1))).exists());
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
