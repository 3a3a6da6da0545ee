package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final List<String> told = new ArrayList<>();
    private final Lines lines = new Lines(told::add);

    private void add(String text) {
        lines.add(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLineIsToldWhenItIsWhole() {
        add("one\ntw");
        assertThat(told).containsExactly("one");
        add("o\n\n");
        assertThat(told).containsExactly("one", "two", "");
    }

    @Test
    void aCharacterThatIsCutInTwoIsWholeInItsLine() {
        var bytes = "é\n".getBytes(StandardCharsets.UTF_8);
        lines.add(new byte[] {bytes[0]});
        lines.add(new byte[] {bytes[1], bytes[2]});
        assertThat(told).containsExactly("é");
    }

    @Test
    void whatHasNoEndIsToldAtTheEnd() {
        add("three");
        lines.end();
        lines.end();
        assertThat(told).containsExactly("three");
    }
}
